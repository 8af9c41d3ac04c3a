import type { BacktestOptions } from '../runner/command-line.ts';
import type { Run } from '../runner/task.ts';

/** One sentence on what ran and what went wrong by design. */
export function describeRuns({ conditions }: BacktestOptions, runs: readonly Run[]): string {
  const traces = count(runs.map(({ trace }) => trace));
  const markets = [...new Set(runs.map(({ market }) => market))].join(', ');
  const policies = count(runs.map(({ policy }) => policy));
  const {
    reviewEvery,
    instruments,
    lostReviews,
    hasOutages,
    balanceLag,
    deliveryDelay,
    wholeBalances,
    wakesUp,
  } = conditions;
  const parts = [
    `${plural(traces, 'trace')}, markets ${markets}, ${plural(policies, 'policy', 'policies')}`,
    `a review every ${reviewEvery === 1 ? 'minute' : `${reviewEvery} minutes`}`,
    ...(instruments > 1 ? [`books of ${instruments} instruments read in turn`] : []),
    `${Number((lostReviews * 100).toFixed(2))} % of reviews lost`,
    ...(hasOutages ? ['an outage of ten minutes every third day'] : []),
    ...(balanceLag > 0 ? [`balances ${plural(balanceLag, 'minute')} old`] : []),
    ...(deliveryDelay > 0 ? [`Units usable ${plural(deliveryDelay, 'minute')} after the fill`] : []),
    ...(wholeBalances ? ['balances in whole Units'] : []),
    ...(wakesUp ? ['a refused application has a review made'] : []),
  ];
  return `${parts.join('; ')}. The first day is not scored.`;
}

function count(values: Iterable<string>): number {
  return new Set(values).size;
}

function plural(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
