import { toUnits } from '../amounts.ts';
import type { Bounds } from '../bounds/clairvoyant.ts';
import { minutesPerDay } from '../calendar.ts';
import type { Tally } from '../simulate/tally.ts';

/** What one policy did on one trace and one market, in the scored days. Plain JSON: money in USD, amounts in Units. */
export interface RunFigures {
  readonly demandPerDay: number;
  readonly days: number;
  readonly demand: number;
  readonly used: number;
  readonly unserved: number;
  readonly bought: number;
  readonly boughtAsMaker: number;
  readonly expired: number;
  readonly spent: number;
  /** USD per Unit used; null if none was. */
  readonly cost: number | null;
  /** USD per Unit of who knows the demand and buys just in time; null without demand. */
  readonly justInTimeBound: number | null;
  readonly justInTimeBought: number;
  readonly justInTimeExpired: number;
  /** USD per Unit of who knows the prices of the next four hours as well. */
  readonly cheapestBound: number | null;
  /** `cost` against `justInTimeBound`. */
  readonly costToBound: number | null;
  /** Share of what was bought. */
  readonly waste: number;
  /** Minutes a day in which an application was refused although the policy was allowed to pay the ask. */
  readonly avoidableOutMinutesPerDay: number;
  /** Minutes a day in which it was refused and the ask was above what the policy may pay. */
  readonly pricedOutMinutesPerDay: number;
  /** Share of the demand. */
  readonly unservedShare: number;
  readonly ordersPerDay: number;
  readonly cancelsPerDay: number;
  readonly signedRequestsPerDay: number;
  readonly refusedOrders: number;
}

/** @param minutes how many minutes were scored */
export function figuresOf(tally: Tally, bounds: Bounds, minutes: number): RunFigures {
  const days = minutes / minutesPerDay;
  const cost = tally.used === 0 ? null : tally.spent / 100 / toUnits(tally.used);
  const bound = toUsd(bounds.justInTime);
  return {
    demandPerDay: toUnits(tally.demand) / days,
    days,
    demand: toUnits(tally.demand),
    used: toUnits(tally.used),
    unserved: toUnits(tally.unserved),
    bought: toUnits(tally.bought),
    boughtAsMaker: toUnits(tally.boughtAsMaker),
    expired: toUnits(tally.expired),
    spent: tally.spent / 100,
    cost,
    justInTimeBound: bound,
    justInTimeBought: toUnits(bounds.justInTimeBought),
    justInTimeExpired: toUnits(bounds.justInTimeExpired),
    cheapestBound: toUsd(bounds.cheapest),
    costToBound: cost === null || bound === null ? null : cost / bound,
    waste: share(tally.expired, tally.bought),
    avoidableOutMinutesPerDay: (tally.outMinutes - tally.pricedOutMinutes) / days,
    pricedOutMinutesPerDay: tally.pricedOutMinutes / days,
    unservedShare: share(tally.unserved, tally.demand),
    ordersPerDay: tally.orders / days,
    cancelsPerDay: tally.cancels / days,
    signedRequestsPerDay: tally.signedRequests / days,
    refusedOrders: tally.refusedOrders,
  };
}

function toUsd(cents: number | undefined): number | null {
  return cents === undefined ? null : cents / 100;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
