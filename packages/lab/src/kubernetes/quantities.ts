/** Resource quantities: `500m`, `1.5Gi`, `2`. */
import { parseQuantity } from '@wso2-delivery/shared/base/quantity';
import type { Quantities } from './objects.ts';

/** The number behind a quantity, in its base unit (cores, bytes, pieces); 0 for none, NaN when it cannot be read. */
export function quantity(value: string | number | undefined): number {
  return value === undefined ? 0 : (parseQuantity(value) ?? NaN);
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
      const scaled = value / quantity(`1${unit}`);
      if (Number.isInteger(scaled) && scaled > 0) return `${scaled}${unit}`;
    }
  }
  return String(value);
}
