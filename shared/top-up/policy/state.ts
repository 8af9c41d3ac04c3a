import { type BalanceLag, lagOf, noLag } from './balance-lag.ts';
import type { Lot } from './lots.ts';
import { type MarketMemory, noMarketMemory } from './market-memory.ts';
import { nothingProven, type ProvenUse } from './purchase-allowance.ts';
import type { BatchUse } from './reservations.ts';
import { noTransit, type Transit } from './transit.ts';
import { emptyHistory, type UseHistory } from './use-history.ts';

/**
 * All that a review hands to the next: plain JSON. `days` holds the finished five minutes by UTC day, so that a store
 * can keep each day as an item of its own; all the rest is about two kilobytes.
 */
export interface TopUpState extends UseHistory {
  readonly version: 1;
  /** When the last review was: ms since the epoch. */
  readonly at: number;
  /** Units at the last review: as read, and as estimated where readings are rounded down. */
  readonly read: number;
  readonly balance: number;
  readonly lots: readonly Lot[];
  /** Units per minute, over some minutes and over about an hour. */
  readonly fastRate: number;
  readonly slowRate: number;
  /** What is beyond doubt about what was used. */
  readonly proven: ProvenUse;
  /** When anything was last seen to be used. */
  readonly lastUseAt: number;
  /** When an application last reported a refusal; 0 if none ever did. */
  readonly lastRefusalAt: number;
  /** The usual time between reviews. */
  readonly reviewMinutes: number;
  /** How late the balance shows purchases, as far as is known. */
  readonly lag: BalanceLag;
  /** What the caller said is on its way, and how long that takes. */
  readonly transit: Transit;
  /** Signs that the balance shows whole Units only. */
  readonly wholeFalls: number;
  readonly market: MarketMemory;
  /** What batches have used of their reservations, by reservation. */
  readonly batches: Readonly<Record<string, BatchUse>>;
  readonly forecast: Forecast;
}

/** What is expected, computed once in five minutes. */
export interface Forecast {
  /** For which five minutes. */
  readonly bucket: number;
  /** Units up to which the next one is worth more than the chance that it expires. */
  readonly level: number;
  /** Units that the next few minutes may need on a bad day. */
  readonly soon: number;
  /** At what rate the average Unit is used: that of busy times. Units per minute. */
  readonly busyRate: number;
  /** Units used in a usual day. */
  readonly dailyUse: number;
  /** How often use began within a quarter of an hour at moments like this: 0 to 1. */
  readonly wakes: number;
  /** How much of a Unit bought now and not needed earlier would expire, on average: 0 to 1. */
  readonly idleWaste: number;
  /** How many moments of the past these figures rest on, and over how many days. */
  readonly moments: number;
  readonly days: number;
}

export const noForecast: Forecast = {
  bucket: -1,
  level: 0,
  soon: 0,
  busyRate: 0,
  dailyUse: 0,
  wakes: 1,
  idleWaste: 0,
  moments: 0,
  days: 0,
};

/** Before anything is known but what is there. */
export function firstState(now: number, balance: number): TopUpState {
  return {
    version: 1,
    at: now,
    read: balance,
    balance,
    lots: [],
    fastRate: 0,
    slowRate: 0,
    proven: nothingProven,
    lastUseAt: now,
    lastRefusalAt: 0,
    reviewMinutes: 0,
    lag: noLag,
    transit: noTransit,
    wholeFalls: 0,
    market: noMarketMemory(now),
    batches: {},
    forecast: noForecast,
    ...emptyHistory(now),
  };
}

/** After so long without a report, refusals may no longer be reported at all. */
const wakeUpTrustMs = 7 * 24 * 3_600_000;

/** Whether refusals are reported, so that an empty account about which nobody complains is one that nobody needs. */
export function hasWakeUp({ lastRefusalAt }: TopUpState, now: number): boolean {
  return lastRefusalAt > 0 && Math.abs(now - lastRefusalAt) <= wakeUpTrustMs;
}

/** How long a purchase takes to be there, as far as is known, in minutes. */
export function leadMinutes({ lag, transit, reviewMinutes }: TopUpState): number {
  return lagOf(lag, reviewMinutes).least + transit.minutes;
}
