/** Containers that run and are not ready: the question is wrong, or the answer is not there yet. */
import { lastHappened, timesHappened } from '../objects.ts';
import type { Probe } from '../objects.ts';
import type { ContainerView } from '../views.ts';
import type { Cause } from './row.ts';
import { inContainer, inPod, read } from './row.ts';

interface FailedProbe {
  readonly probe: Probe | undefined;
  /** What the kubelet says that it got. */
  readonly answer: string;
}

/** The readiness probe's last failure (or that of the startup probe before it), while the container runs and is not ready. */
function failedProbe(view: ContainerView): FailedProbe | undefined {
  if (!view.running || view.status?.ready === true || view.role === 'init') return undefined;
  const message = view.event(/^Unhealthy$/, /^(Readiness|Startup) probe/)?.message;
  if (message === undefined) return undefined;
  const probe = message.startsWith('Startup') ? view.spec.startupProbe : view.spec.readinessProbe;
  return { probe, answer: message.replace(/^\w+ probe (?:failed|errored)[^:]*: /, '') };
}

function asks(probe: Probe | undefined): string {
  if (probe?.httpGet !== undefined) {
    const { scheme = 'HTTP', port, path = '/' } = probe.httpGet;
    return `GET ${path} on port ${port} (${scheme})`;
  }
  if (probe?.tcpSocket !== undefined) return `connection to port ${probe.tcpSocket.port}`;
  if (probe?.grpc !== undefined) return `gRPC health on port ${probe.grpc.port}`;
  return probe?.exec?.command?.join(' ') ?? 'the probe';
}

function declaredPorts(view: ContainerView): string {
  const ports = (view.spec.ports ?? []).map((port) => port.containerPort);
  return ports.length === 0 ? 'declares no ports' : `declares ${ports.join(', ')}`;
}

/** A probe that is on its way to kill the container: failed since it started, and it runs on. */
function failing(
  kind: 'liveness' | 'startup',
  view: ContainerView,
): { answer: string; times: number; most: number } | undefined {
  const startedAt = Date.parse(view.status?.state?.running?.startedAt ?? '');
  const probe = kind === 'liveness' ? view.spec.livenessProbe : view.spec.startupProbe;
  const failed = view.event(/^Unhealthy$/, new RegExp(`^${kind} probe`, 'i'));
  if (!view.running || failed === undefined || lastHappened(failed) < startedAt) return undefined;
  if (kind === 'startup' && view.status?.started === true) return undefined;
  const answer = (failed.message ?? '').replace(/^\w+ probe (?:failed|errored)[^:]*: /, '').slice(0, 200);
  // Kubernetes' default threshold; the event counts on over successes between, so it is at least one and at most all.
  const most = probe?.failureThreshold ?? 3;
  return { answer, times: Math.min(timesHappened(failed), most), most };
}

/** 4xx says that the question is wrong; these four say only "later". */
const wrongQuestion = /statuscode: (?<code>4(?!08|23|25|29)\d\d)/;
const wrongScheme =
  /(?<scheme>server gave HTTP response to HTTPS client|malformed HTTP response|first record does not look like a TLS handshake|statuscode: 400)/;

/** MI's readiness resource (ReadinessResource.java) answers 500 and names what it could not deploy. */
const faultyApplications = /"Faulty CAPPs"\s*:\s*\[(?<names>[^\]]+)\]/;

export const readinessCauses: readonly Cause[] = [
  inContainer('applications-faulty', {
    // MI does not try an application again that it could not deploy: only another image helps.
    heals: 'never',
    seen: (view) =>
      view.running && view.status?.ready !== true ? read<'names'>(view.answer, faultyApplications) : undefined,
    says: ({ names }, { name }) =>
      `Container ${name} never becomes ready: MI could not deploy ${names.replaceAll('"', '').trim()}.`,
    remedy: () =>
      "The server's log says why, in the lines of CappDeployer: an artifact that is not well-formed, or a connector or a data source that is missing.",
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('readiness-wrong', {
    heals: 'if-something-else-changes',
    tolerance: 'readiness-grace',
    seen: (view) => {
      const failed = failedProbe(view);
      if (failed === undefined) return undefined;
      const question = asks(failed.probe);
      const scheme = read<'scheme'>(failed.answer, wrongScheme);
      if (scheme !== undefined) return { question, why: `it answers in another protocol (${scheme.scheme})` };
      const status = read<'code'>(failed.answer, wrongQuestion);
      return status === undefined ? undefined : { question, why: `it answers ${status.code}` };
    },
    says: ({ question, why }, { name }) =>
      `Container ${name} runs, but its probe asks the wrong question: ${question}, and ${why}.`,
    remedy: () => 'Let the probe ask a path, port and scheme that the program serves. MI: GET /healthz on 9201 (HTTP).',
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('liveness-failing', {
    heals: 'by-itself',
    ordinary: true,
    early: () => true,
    seen: (view) => failing('liveness', view),
    says: ({ answer, times, most }, { name }) =>
      `The liveness probe of container ${name} fails (${answer}): ${times} of the ${most} failures in a row for which it is killed.`,
    remedy: () =>
      'Let the liveness probe ask what holds as long as the program lives (MI: GET /liveness on 9201), and give a slow start a startup probe.',
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('startup-failing', {
    heals: 'by-itself',
    ordinary: true,
    early: () => true,
    seen: (view) => failing('startup', view),
    says: ({ answer, times, most }, { name }) =>
      `The startup probe of container ${name} fails (${answer}): ${times} of the ${most} failures for which it is killed.`,
    remedy: () =>
      'If the program is not merely slow to start: let the probe ask a port and path that it answers. If it is, raise failureThreshold.',
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('readiness-refused', {
    heals: 'by-itself',
    ordinary: true,
    early: () => true,
    seen: (view) => {
      const failed = failedProbe(view);
      return failed !== undefined && /connection refused|connection reset/.test(failed.answer)
        ? { question: asks(failed.probe) }
        : undefined;
    },
    says: ({ question }, { name }) => `Container ${name} runs, but nothing listens where its probe asks: ${question}.`,
    remedy: (_, view) =>
      `If the program is not merely slow to start: container ${view.name} ${declaredPorts(view)}; let the probe ask the port that it listens on, and the program listen on 0.0.0.0.`,
    evidence: ['probe', 'logs', 'events'],
  }),
  inContainer('not-ready-yet', {
    heals: 'by-itself',
    ordinary: true,
    seen: (view) => {
      if (!view.running || view.status?.ready === true || view.role === 'init') return undefined;
      const failed = failedProbe(view);
      return { why: failed === undefined ? '' : `: ${asks(failed.probe)} answers "${failed.answer.slice(0, 200)}"` };
    },
    // Every start shows it before its probe has asked; what the probe is answered is worth a line.
    early: ({ why }) => why !== '',
    says: ({ why }, { name }) => `Container ${name} runs, but is not ready${why}.`,
    remedy: () => 'The log says what the program waits for. If it only needs longer, raise the input timeout.',
    evidence: ['probe', 'logs', 'events'],
  }),
  inPod('not-started', {
    heals: 'by-itself',
    ordinary: true,
    seen: (view) => {
      if (view.ready || view.pod.status?.phase === 'Succeeded') return undefined;
      const pulling = view.event(/^Pulling$/);
      const pulled = view.event(/^Pulled$/);
      return { doing: pulling !== undefined && pulled === undefined ? (pulling.message ?? '') : '' };
    },
    says: ({ doing }) => `The pod has not started yet${doing === '' ? '' : `: ${doing.slice(0, 200)}`}.`,
    remedy: () => 'If it only needs longer (a large image, a slow volume), raise the input timeout.',
    evidence: ['events'],
  }),
];
