import { toSteps } from '../amounts.ts';

/** What an application uses, minute by minute, in steps of 1e-8 Units. */
export interface Demand {
  readonly name: string;
  readonly steps: Float64Array;
}

/** @param units Units per minute, from midnight of a Monday on */
export function demandOf(name: string, units: ArrayLike<number>): Demand {
  return { name, steps: Float64Array.from(units, toSteps) };
}
