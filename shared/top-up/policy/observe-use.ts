import { lagOf, unitsNotShown, type WeighedReading, weighReading } from './balance-lag.ts';
import { countWholeFalls, isRoundedDown, unroundedBalance } from './balance-rounding.ts';
import type { TopUpObservation } from './contract.ts';
import { explainBalance, type Lot, unitsIn, withLots } from './lots.ts';
import type { AdaptiveSettings } from './parameters.ts';
import { followProof, latelyMinutes, withoutShown } from './purchase-allowance.ts';
import { followBatches } from './reservations.ts';
import { hasWakeUp, type TopUpState } from './state.ts';
import { decayShare } from './statistics.ts';
import { followTransit } from './transit.ts';
import { minuteMs, recordUse } from './use-history.ts';

/** What a review has learnt before it decides. */
export interface ObservedUse {
  readonly state: TopUpState;
  /** Units per minute since the last review. */
  readonly lastRate: number;
  /** Whether somebody was refused, as far as can be told: more may be wanted than anybody saw. */
  readonly isShort: boolean;
}

const nothing = 1e-6;
const reviewMemory = 0.2;
const longestReviewMinutes = 30;

/** Takes a reading into the state: what was used, what is left of which lot, how fast it goes. */
export function observeUse(
  settings: AdaptiveSettings,
  state: TopUpState,
  observation: TopUpObservation,
): ObservedUse {
  const { now } = observation;
  const minutes = (now - state.at) / minuteMs;
  const lifeMs = settings.lotLifeMinutes * minuteMs;
  const weighed = weighReading(state.lag, {
    now,
    minutes: Math.max(0, minutes),
    balance: Number(observation.balance),
    fills: observation.fills,
    reviewMinutes: state.reviewMinutes,
    stock: unitsIn(state.lots.filter(({ expiresAt }) => expiresAt > now - lingersMs(state))),
    before: state.read,
    provenPeak: state.proven.peak,
    isSurelyIdle: hasWakeUp(state, now) && observation.wasRefused !== true,
  });
  const arrived = weighed.arrived.map(({ at, units }) => ({ expiresAt: at + lifeMs, remaining: units }));
  const lots = withLots(
    state.lots.map((lot) => notBeyond(lot, now + lifeMs)),
    arrived.map((lot) => notBeyond(lot, now + lifeMs)),
  );
  const known: TopUpState = {
    ...state,
    at: now,
    read: Number(observation.balance),
    lots,
    lag: weighed.lag,
    transit: followTransit(state.transit, Math.max(0, Number(observation.inTransit ?? 0) || 0), now),
    lastRefusalAt: observation.wasRefused === true ? now : state.lastRefusalAt,
  };
  return minutes <= 0
    ? { state: known, lastRate: 0, isShort: observation.wasRefused === true }
    : measureUse(settings, state, known, observation, weighed);
}

function measureUse(
  settings: AdaptiveSettings,
  before: TopUpState,
  known: TopUpState,
  observation: TopUpObservation,
  { countedBefore, thoughtUsed }: WeighedReading,
): ObservedUse {
  const { now } = observation;
  const minutes = (now - before.at) / minuteMs;
  const lifeMs = settings.lotLifeMinutes * minuteMs;
  // Somebody who was refused found nothing left, whatever a rounded balance may hide.
  const balance = observation.wasRefused === true ? known.read : estimatedBalance(known, now, minutes);
  const expected = before.fastRate * minutes;
  const change = explainBalance(known.lots, balance, now, expected, lifeMs, lingersMs(known));
  const used = Math.max(0, change.used - countedBefore);
  const isEmpty = balance < nothing && unitsNotShown(known.lag) < nothing;
  const rate = demandRate(before, observation, { used, isEmpty, minutes });
  const units = rate * minutes;
  const history = recordUse(
    before,
    { from: before.at, to: now, units },
    { minutes: settings.recentMinutes, days: settings.historyDays },
  );
  const isInUse = used > nothing || observation.wasRefused === true;
  const state: TopUpState = {
    ...known,
    ...history,
    balance,
    lots: change.lots,
    wholeFalls: countWholeFalls(before.wholeFalls, before.read, known.read, used > nothing),
    fastRate: blended(before.fastRate, rate, minutes, settings.fastHalfLifeMinutes),
    slowRate: blended(before.slowRate, rate, minutes, settings.slowHalfLifeMinutes),
    proven: followProof(isLagNew(before, known) ? withoutShown(before.proven) : before.proven, {
      minutes,
      bought:
        change.foreign +
        countedBefore -
        thoughtUsed +
        observation.fills.reduce((sum, { quantity }) => sum + quantity, 0),
      proven: Math.max(0, change.proven - countedBefore - thoughtUsed),
      shownLately: isShown(known, balance) ? lastMinutes(history.recent.units) : 0,
    }),
    lastUseAt: isInUse ? now : before.lastUseAt,
    reviewMinutes: usualReview(settings, before.reviewMinutes, minutes),
    batches: followBatches(before.batches, observation.reservations ?? [], now, {
      units,
      minutes,
      usualRate: before.slowRate,
    }),
  };
  return {
    state,
    lastRate: used / Math.max(minutes, settings.reviewMinutes),
    isShort: observation.wasRefused === true || (isEmpty && used > nothing),
  };
}

/** Balances lag by up to ten minutes, or what we know: for so long they may still show what has expired. */
function lingersMs({ lag, reviewMinutes }: TopUpState): number {
  return Math.max(15, lagOf(lag, reviewMinutes).most + reviewMinutes + 1) * minuteMs;
}

/**
 * Units per minute that were wanted. An empty account hides demand: unless refusals are reported, it is thought to go on as
 * before.
 */
function demandRate(
  before: TopUpState,
  { now, wasRefused }: TopUpObservation,
  { used, isEmpty, minutes }: { used: number; isEmpty: boolean; minutes: number },
): number {
  const isHidden = isEmpty && (used > nothing || !hasWakeUp(before, now));
  const rate = used / minutes;
  return isHidden || wasRefused === true ? Math.max(rate, before.fastRate, before.slowRate) : rate;
}

function estimatedBalance(state: TopUpState, now: number, minutes: number): number {
  if (!isRoundedDown(state.wholeFalls)) return state.read;
  const stock = unitsIn(state.lots.filter(({ expiresAt }) => expiresAt > now));
  return unroundedBalance(state.read, stock, Math.max(state.fastRate, state.slowRate), minutes);
}

function isLagNew(before: TopUpState, known: TopUpState): boolean {
  return !isKnownToLag(before) && isKnownToLag(known);
}

function isKnownToLag({ lag, reviewMinutes }: TopUpState): boolean {
  return lagOf(lag, reviewMinutes).least > 0;
}

/** A balance above 0 that shows purchases at once, for all we know, shows also that what came before was used. */
function isShown(state: TopUpState, balance: number): boolean {
  return balance >= nothing && !isKnownToLag(state);
}

function lastMinutes(perMinute: readonly number[]): number {
  return perMinute.slice(-latelyMinutes).reduce((sum, units) => sum + units, 0);
}

function blended(old: number, value: number, minutes: number, halfLife: number): number {
  return old + decayShare(minutes, halfLife) * (value - old);
}

function usualReview(settings: AdaptiveSettings, before: number, minutes: number): number {
  const usual = Math.max(before, settings.reviewMinutes);
  const seen = Math.min(longestReviewMinutes, Math.max(settings.reviewMinutes, minutes));
  return usual + reviewMemory * (seen - usual);
}

/** After the clock went back, no lot lives longer than one bought now. */
function notBeyond(lot: Lot, latest: number): Lot {
  return lot.expiresAt <= latest ? lot : { ...lot, expiresAt: latest };
}
