import { isPrompt } from './balance-lag.ts';
import { isRoundedDown } from './balance-rounding.ts';
import { wakeBuckets } from './forecast.ts';
import type { ObservedUse } from './observe-use.ts';
import type { AdaptiveSettings } from './parameters.ts';
import type { ReservedUnits } from './reservations.ts';
import { hasWakeUp, leadMinutes, type TopUpState } from './state.ts';
import { bucketMinutes, minuteMs } from './use-history.ts';

/** How much stock is enough. Units; each counts what is ordered and on its way as stock. */
export interface Levels {
  /** Below it Units are bought at once. */
  readonly danger: number;
  /** Below it an order is placed, even for one Unit. */
  readonly reorder: number;
  /** Up to it is ordered. */
  readonly level: number;
  /** The part of the level that is held for batches. */
  readonly reserved: number;
  /** Units per minute that levels were built on. */
  readonly rate: number;
  /** Whether stock may run out, because nothing is expected to be used. */
  readonly isAsleep: boolean;
}

/** Of a jump of the rate in the last minute, the part that is believed to go on. */
const lastRateTrust = 0.7;

/** Of what a batch needs now, a tenth can still wait for a better price. */
const batchDanger = 0.9;

/**
 * The levels at this minute: the forecast's, and never less than the present rate asks for.
 *
 * @param isDear whether only the emergency price buys now
 */
export function levelsOf(
  settings: AdaptiveSettings,
  { state, lastRate, isShort }: ObservedUse,
  reserved: ReservedUnits,
  isDear: boolean,
): Levels {
  const { forecast } = state;
  const seenRate = Math.max(state.fastRate, isRate(state) ? lastRateTrust * lastRate : 0);
  // Use that began with a refusal is thought to be as brisk as it usually is.
  const rate = isShort && isRate(state) ? Math.max(seenRate, forecast.busyRate) : seenRate;
  if (mayRunOut(settings, state)) {
    return {
      danger: reserved.due * batchDanger,
      reorder: reserved.due,
      level: reserved.wanted,
      reserved: reserved.wanted,
      rate,
      isAsleep: true,
    };
  }
  const least = settings.minimumUnits;
  const gap = state.reviewMinutes + leadMinutes(state);
  const upTo = Math.max(least, rate * (gap + settings.coverMinutes), forecast.level);
  const soon = Math.min(upTo, settings.headroom * forecast.soon);
  const reorder = Math.max(least, rate * (gap + settings.reorderMinutes), soon);
  // While the ask is above the maximum price patience brings nothing, and only what is bought in danger comes.
  const dangerMinutes = isDear
    ? Math.max(settings.dangerMinutes, settings.coverMinutes)
    : settings.dangerMinutes;
  const atOnce = Math.min(reorder, rate * (gap + dangerMinutes) * settings.headroom);
  const danger = settings.limitFirst >= 0.5 ? Math.max(least / 2, atOnce) : reorder;
  return {
    danger: danger + reserved.due * batchDanger,
    reorder: reorder + reserved.due,
    level: Math.max(upTo, reorder) + reserved.wanted,
    reserved: reserved.wanted,
    rate,
    isAsleep: false,
  };
}

/** The fall from a whole number to the next is no rate, and where balances lag much would be bought for it. */
function isRate({ lag, reviewMinutes, wholeFalls }: TopUpState): boolean {
  return isPrompt(lag, reviewMinutes) || !isRoundedDown(wholeFalls);
}

const daysBeforeSleep = 2;
const momentsBeforeSleep = 8;
/** After so long without use or refusal a Unit is held again, should refusals have ceased to be reported. */
const longestSleepMs = 16 * 60 * minuteMs;

/**
 * Whether it is better to hold nothing until something is used again. Only where refusals are reported: then a refused
 * request is noticed at once, and what that costs is weighed against the Unit that would expire. Otherwise an empty
 * account would never be seen to be wanted again.
 */
function mayRunOut(settings: AdaptiveSettings, state: TopUpState): boolean {
  const { forecast, at, lastUseAt } = state;
  const idleMs = at - lastUseAt;
  const isIdle = idleMs >= settings.sleepAfterMinutes * minuteMs && idleMs < longestSleepMs;
  const isUnneeded = forecast.level <= settings.minimumUnits;
  const isKnown = forecast.moments >= momentsBeforeSleep && forecast.days >= daysBeforeSleep;
  if (settings.sleepCost === 0 || !isIdle || !isUnneeded || !isKnown || !hasWakeUp(state, at)) return false;
  const wastedMeanwhile = (forecast.idleWaste * wakeBuckets * bucketMinutes) / settings.lotLifeMinutes;
  return forecast.wakes * settings.sleepCost * forecast.dailyUse < wastedMeanwhile;
}
