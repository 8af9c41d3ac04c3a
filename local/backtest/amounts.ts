/**
 * The backtest counts Units in whole steps of 1e-8 and prices in whole cents, both held in `number`: sums and
 * differences of such integers are exact far beyond any trace (up to 90 million Units), and typed arrays keep a run of
 * a fortnight at some milliseconds.
 */
export const stepsPerUnit = 100_000_000;

/** Units as steps. */
export function toSteps(units: number): number {
  return Math.round(units * stepsPerUnit);
}

/** Steps as Units, for reports. */
export function toUnits(steps: number): number {
  return steps / stepsPerUnit;
}
