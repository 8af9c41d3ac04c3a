import { demandOf } from '../../../local/backtest/demand/demand.ts';
import { bookLevels, type OrderBook } from '../../../local/backtest/market/order-book.ts';
import type { Buyer, Desk, Reading } from '../../../local/backtest/policies/buyer.ts';
import { type Conditions, usualConditions } from '../../../local/backtest/simulate/conditions.ts';
import { simulate } from '../../../local/backtest/simulate/simulate.ts';
import type { Tally } from '../../../local/backtest/simulate/tally.ts';

/** Nothing goes wrong. */
export const quiet: Conditions = { ...usualConditions, lostReviews: 0, hasOutages: false };

/** A book that is the same in every minute unless a test changes it: bid 1.98, ask 2.00, nobody sells. */
export function flatBook(minutes: number, depth = 10): OrderBook {
  return {
    name: 'flat',
    bid: new Int32Array(minutes).fill(198),
    ask: new Int32Array(minutes).fill(200),
    sellFlow: new Int32Array(minutes),
    depth: new Uint16Array(minutes * bookLevels).fill(depth),
  };
}

/** A buyer that does as it is told in some minutes. */
export function buyerOf(review: (reading: Reading, desk: Desk) => void, highestPrice = 1000): Buyer {
  return { highestPrice, readsPerReview: 1, review };
}

/** Runs a buyer for two days, of which the second is scored. */
export function runFor(settings: {
  readonly buyer: Buyer;
  readonly demand?: Readonly<Record<number, number>>;
  readonly book?: OrderBook;
  readonly conditions?: Partial<Conditions>;
}): Tally {
  const units = new Float64Array(2880);
  for (const [minute, used] of Object.entries(settings.demand ?? {})) units[Number(minute)] = used;
  return simulate({
    demand: demandOf('test', units),
    book: settings.book ?? flatBook(units.length),
    buyer: settings.buyer,
    conditions: { ...quiet, ...settings.conditions },
  });
}
