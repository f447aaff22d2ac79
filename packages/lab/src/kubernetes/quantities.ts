/** Resource quantities: `500m`, `1.5Gi`, `2`. */
import type { Quantities } from './objects.ts';

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** The number behind a quantity, in its base unit (cores, bytes, pieces); NaN when it cannot be read. */
export function quantity(value: string | number | undefined): number {
  if (value === undefined) return 0;
  const parsed = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(String(value));
  if (parsed === null) return NaN;
  return Number(parsed[1]) * (factors[parsed[2] ?? ''] ?? NaN);
}

/** The sum of one resource over several maps of quantities. */
export function total(maps: readonly (Quantities | undefined)[], resource: string): number {
  return maps.reduce((sum, map) => sum + quantity(map?.[resource]), 0);
}

/** A number of cores, bytes or pieces, written as short as the API does. */
export function quantityText(resource: string, value: number): string {
  if (resource.endsWith('cpu')) return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
  if (/memory$|storage$/.test(resource)) {
    for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
      const scaled = value / (factors[unit] ?? 1);
      if (Number.isInteger(scaled) && scaled > 0) return `${scaled}${unit}`;
    }
  }
  return String(value);
}
