import { analoguesOf } from './analogues.ts';
import type { AdaptiveSettings } from './parameters.ts';
import { type Forecast, leadMinutes, type TopUpState } from './state.ts';
import { mean, quantile, rounded } from './statistics.ts';
import { bucketMinutes, bucketsPerDay, timeline } from './use-history.ts';

/** Use of less than this is noise of rounding. Units. */
const noticeableUse = 0.0005;
export const wakeBuckets = 3;
const fewestMoments = 8;
/** Of the present rate, the part that is believed to go on for a lot's life while there is no history. */
const trustWithoutHistory = 0.25;

/** What is expected of the coming hours. It changes slowly and costs most of a decision: once in five minutes. */
export function forecastDemand(settings: AdaptiveSettings, state: TopUpState): Forecast {
  const units = timeline(state, settings.historyDays + 1);
  const needMinutes = Math.max(settings.needMinutes, 2 * state.reviewMinutes) + leadMinutes(state);
  const known = knownUse(units);
  const useAfter = analoguesOf(units, settings);
  const need = useAfter(Math.ceil(needMinutes / bucketMinutes));
  const next = useAfter(1);
  const waking = useAfter(wakeBuckets);
  const life = useAfter(Math.floor(settings.lotLifeMinutes / bucketMinutes));
  const peak = (minutes: number) => quantile(peakSums(state.recent.units, minutes), settings.peakQuantile);
  const lifetimeUse = life.length >= fewestMoments ? life : withoutHistory(settings, state);
  return {
    bucket: state.open.bucket,
    level: rounded(
      worthwhileLevel(settings, {
        need: [...need, peak(Math.ceil(needMinutes / 2))],
        lifetimeUse,
      }),
    ),
    soon: rounded(Math.max(peak(bucketMinutes - 1), quantile(next, settings.peakQuantile))),
    busyRate: rounded(busyRate(known), 1e6),
    dailyUse: known.count === 0 ? 0 : rounded((known.total / known.count) * bucketsPerDay),
    wakes:
      waking.length === 0 ? 1 : rounded(waking.filter((use) => use > noticeableUse).length / waking.length),
    idleWaste: rounded(expectedWaste(lifetimeUse, 0)),
    moments: waking.length,
    days: rounded(known.count / bucketsPerDay),
  };
}

/** Sums of what was used in five minutes, where that is known. */
interface KnownUse {
  readonly count: number;
  readonly total: number;
  readonly squares: number;
}

/** A plain loop: it looks at two thousand numbers. */
function knownUse(units: Float64Array): KnownUse {
  let count = 0;
  let total = 0;
  let squares = 0;
  for (let index = 0; index < units.length; index += 1) {
    const use = units[index] ?? 0;
    if (use < 0) continue;
    count += 1;
    total += use;
    squares += use * use;
  }
  return { count, total, squares };
}

/** The mean of the rates, each counted by what was used at it. */
function busyRate({ total, squares }: KnownUse): number {
  return total === 0 ? 0 : squares / total / bucketMinutes;
}

function withoutHistory(settings: AdaptiveSettings, { slowRate }: TopUpState): Float64Array {
  return Float64Array.of(trustWithoutHistory * slowRate * settings.lotLifeMinutes);
}

/** Totals of all stretches of so many minutes, ascending; of what there is, scaled up, while it is shorter. */
function peakSums(perMinute: readonly number[], minutes: number): Float64Array {
  const length = perMinute.length;
  if (length < minutes) return Float64Array.of(mean(perMinute) * minutes);
  const sums = new Float64Array(length - minutes + 1);
  let sum = 0;
  for (let index = 0; index < length; index += 1) {
    sum += (perMinute[index] ?? 0) - (perMinute[index - minutes] ?? 0);
    if (index >= minutes - 1) sums[index - minutes + 1] = sum;
  }
  return sums.toSorted();
}

/** The two sides of the question whether one more Unit is worth it. */
interface Prospects {
  /** What the next minutes may need: equally likely totals in Units. */
  readonly need: readonly number[];
  /** What may be used while a Unit bought now lives: equally likely totals in Units. */
  readonly lifetimeUse: ArrayLike<number> & Iterable<number>;
}

const searchSteps = 14;

/**
 * The stock at which one more Unit is no longer worth it: where its chance to spare a refusal, times what that costs,
 * plus what patience gains, falls below its chance to expire. This is the critical ratio of the newsvendor, for Units
 * that perish. Both sides are monotone in the stock, so halving finds the place.
 */
function worthwhileLevel(settings: AdaptiveSettings, prospects: Prospects): number {
  const uses = Float64Array.from(prospects.lifetimeUse, (use) => use * settings.certainShare);
  const needs = Float64Array.from(prospects.need, (need) => need * settings.headroom);
  const isWorthIt = (stock: number) =>
    settings.shortageCost * expectedUse(needs, stock) + settings.patienceGain >= expectedWaste(uses, stock);
  if (!isWorthIt(0)) return 0;
  let worth = 0;
  let notWorth = Math.max(1, quantile(uses, 1));
  if (isWorthIt(notWorth)) return notWorth;
  for (let step = 0; step < searchSteps; step += 1) {
    const middle = (worth + notWorth) / 2;
    if (isWorthIt(middle)) worth = middle;
    else notWorth = middle;
  }
  return worth;
}

/** How much of the Unit after `stock` is used on average, when this much is needed. */
function expectedUse(needs: ArrayLike<number>, stock: number): number {
  let used = 0;
  for (let index = 0; index < needs.length; index += 1) {
    used += Math.min(1, Math.max(0, (needs[index] ?? 0) - stock));
  }
  return used / needs.length;
}

/** How much of the Unit after `stock` expires on average, when this much is used while it lives. */
function expectedWaste(uses: ArrayLike<number>, stock: number): number {
  let waste = 0;
  for (let index = 0; index < uses.length; index += 1) {
    waste += Math.min(1, Math.max(0, stock + 1 - (uses[index] ?? 0)));
  }
  return uses.length === 0 ? 1 : waste / uses.length;
}
