import { type Measures, measuresOf } from './measures.ts';
import type { Pair } from './run-week.ts';

/** The part of the backtest's figure that a figure may differ by. */
const allowedShare = 0.1;

/** What a figure may differ by however small it is: a share of nearly nothing means nothing. */
const alwaysAllowed: Readonly<Record<keyof Measures, number>> = {
  bought: 1,
  used: 1,
  spent: 2.5,
  cost: 0,
  waste: 0.005,
  out: 3,
  unserved: 0.001,
  orders: 5,
  cancels: 5,
};

/** One line of the comparison: an application, or all of them together. */
export interface Comparison {
  readonly name: string;
  readonly stack: Measures;
  readonly backtest: Measures;
  /** Those that differ by more than is allowed. */
  readonly tooFar: ReadonlySet<keyof Measures>;
}

/** Compares each application, and all together. */
export function compare(pairs: readonly Pair[]): readonly Comparison[] {
  const single = pairs.map((pair) => {
    const { instrument, demand, book } = pair.application;
    return comparison(`${instrument}: ${demand.name}, ${book.name}`, [pair]);
  });
  return [...single, comparison('all', pairs)];
}

function comparison(name: string, pairs: readonly Pair[]): Comparison {
  const stack = measuresOf(pairs.map((pair) => pair.stack));
  const backtest = measuresOf(pairs.map((pair) => pair.backtest));
  const names = Object.keys(alwaysAllowed).filter((key): key is keyof Measures => key in alwaysAllowed);
  const tooFar = names.filter((key) => isTooFar(key, stack[key], backtest[key]));
  return { name, stack, backtest, tooFar: new Set(tooFar) };
}

function isTooFar(name: keyof Measures, stack: number, backtest: number): boolean {
  const allowed = Math.max(allowedShare * backtest, alwaysAllowed[name]);
  // NaN is too far from everything.
  return !(Math.abs(stack - backtest) <= allowed);
}
