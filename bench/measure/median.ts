import { quantile } from '../../local/backtest/measures/quantile.ts';

/** The middle of the values. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which so many percent of the values lie. @throws RangeError for no values */
export function percentile(values: readonly number[], percent: number): number {
  const found = quantile(values, percent / 100);
  if (found === undefined) throw new RangeError('There is no percentile of nothing.');
  return found;
}
