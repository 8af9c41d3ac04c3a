import { stepsPerUnit } from '../amounts.ts';
import { lotLifeMinutes, scoredFrom } from '../calendar.ts';
import type { Demand } from '../demand/demand.ts';
import type { OrderBook } from '../market/order-book.ts';
import { Stock } from '../simulate/stock.ts';

/** What somebody who knows the demand pays in the scored days. Cents per Unit used; undefined without any demand. */
export interface Bounds {
  /** Each whole Unit at the last minute, at the best ask, however much is wanted. The measure of all policies. */
  readonly justInTime: number | undefined;
  /** What the just-in-time buyer buys and what of it expires, in steps: the waste that whole Units alone cause. */
  readonly justInTimeBought: number;
  readonly justInTimeExpired: number;
  /** Who knows the prices too: each fraction at the cheapest ask of the four hours before it is used. */
  readonly cheapest: number | undefined;
}

/** @param learningMinutes minutes at the start that are not scored */
export function boundsOf(demand: Demand, book: OrderBook, learningMinutes = scoredFrom): Bounds {
  const stock = new Stock();
  const cheapestAsk = slidingMinimum(book.ask, demand.steps.length);
  let used = 0;
  let bought = 0;
  let expired = 0;
  let justInTime = 0;
  let cheapest = 0;
  for (const [minute, steps] of demand.steps.entries()) {
    const gone = stock.expire(minute);
    if (minute >= learningMinutes) expired += gone;
    if (steps === 0) continue;
    const missing = steps - stock.use(minute, steps);
    const units = Math.ceil(missing / stepsPerUnit);
    if (units > 0) stock.add(minute, units * stepsPerUnit);
    stock.use(minute, missing);
    if (minute < learningMinutes) continue;
    used += steps;
    bought += units * stepsPerUnit;
    justInTime += units * (book.ask[minute] ?? 0);
    cheapest += (steps / stepsPerUnit) * (cheapestAsk[minute] ?? 0);
  }
  const perUnit = (cents: number) => (used === 0 ? undefined : cents / (used / stepsPerUnit));
  return {
    justInTime: perUnit(justInTime),
    justInTimeBought: bought,
    justInTimeExpired: expired,
    cheapest: perUnit(cheapest),
  };
}

/** The least of each minute and the lot's life before it. */
function slidingMinimum(values: Int32Array, length: number): Int32Array {
  const minima = new Int32Array(length);
  /** Minutes whose value no later one has undercut, in order; those before `first` are too old. */
  const candidates: number[] = [];
  let first = 0;
  const valueAt = (minute: number | undefined) => values[minute ?? 0] ?? 0;
  for (let minute = 0; minute < length; minute += 1) {
    while (candidates.length > first && valueAt(candidates.at(-1)) >= valueAt(minute)) candidates.pop();
    candidates.push(minute);
    while ((candidates[first] ?? minute) <= minute - lotLifeMinutes) first += 1;
    minima[minute] = valueAt(candidates[first]);
  }
  return minima;
}
