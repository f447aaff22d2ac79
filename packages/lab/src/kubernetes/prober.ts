/** Runs the probes of one life of a container until it ends. */
import type { KnownContainer } from './container-state.ts';
import type { Probe } from './objects.ts';
import { probeOnce } from './pod-http.ts';
import type { Timing } from './timing.ts';

export interface ProbeEffects {
  /** The container's readiness or start changed: its status has to be written. */
  changed(): void;
  /** A probe failed once. */
  unhealthy(message: string): void;
  /** A liveness or startup probe failed too often. */
  kill(kind: 'liveness' | 'startup'): void;
}

/** Starts the probes; they end with `signal`. */
export function startProbes(
  known: KnownContainer,
  ip: string,
  timing: Timing,
  signal: AbortSignal,
  effects: ProbeEffects,
): void {
  const { startupProbe, livenessProbe, readinessProbe } = known.container;
  const afterStart = (): void => {
    known.started = true;
    if (readinessProbe === undefined) known.ready = true;
    else {
      void repeat('Readiness', readinessProbe, (ok) => {
        if (known.ready === ok) return;
        known.ready = ok;
        effects.changed();
      });
    }
    if (livenessProbe !== undefined) {
      void repeat('Liveness', livenessProbe, (ok) => {
        if (ok) return;
        effects.kill('liveness');
      });
    }
    effects.changed();
  };
  if (startupProbe === undefined) {
    afterStart();
    return;
  }
  known.started = false;
  void repeat('Startup', startupProbe, (ok) => {
    if (!ok) {
      effects.kill('startup');
      return;
    }
    if (!known.started) afterStart();
  });

  /** Calls `settled` when the thresholds are reached; a startup probe ends with its first success. */
  async function repeat(title: string, probe: Probe, settled: (ok: boolean) => void): Promise<void> {
    const period = Math.max(timing.real(probe.periodSeconds ?? 10), 5);
    const timeout = Math.max(timing.real(probe.timeoutSeconds ?? 1), 5);
    let successes = 0;
    let failures = 0;
    try {
      await timing.sleep(Math.max(timing.real(probe.initialDelaySeconds ?? 0), 1), signal);
      for (;;) {
        const { ok, message } = await probeOnce(known, ip, probe, timeout);
        if (signal.aborted) return;
        successes = ok ? successes + 1 : 0;
        failures = ok ? 0 : failures + 1;
        if (!ok) effects.unhealthy(`${title} probe failed: ${message}`);
        if (ok && successes >= (probe.successThreshold ?? 1)) settled(true);
        // A readiness probe decides at once as long as the container has never been ready.
        const threshold = title === 'Readiness' && !known.ready ? 1 : (probe.failureThreshold ?? 3);
        if (failures >= threshold) {
          settled(false);
          if (title !== 'Readiness') return;
        }
        if (ok && title === 'Startup') return;
        await timing.sleep(period, signal);
      }
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}
