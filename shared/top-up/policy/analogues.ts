import { bucketsPerDay } from './use-history.ts';

/** How alike two moments have to be, and how many are asked. */
export interface AnalogueSettings {
  /** How many of the most alike moments of the past are asked. */
  readonly analogues: number;
}

const shortWindow = 3;
const longWindow = 12;
const longWindowWeight = 0.5;
/** From so many buckets apart on, the time of day counts as quite another. */
const otherTimeOfDay = 36;
const dayAgeWeight = 0.05;
/** Every second moment is looked at: neighbours tell the same. */
const step = 2;
const fewestAsked = 8;

/**
 * What was used after those moments of the past that were most like now: with as much use in the last quarter of an
 * hour and in the last hour, at about the same time of day, and rather lately. This is a nearest-neighbour forecast; it
 * knows peaks, idle hours and sudden ends from having seen them.
 *
 * @param units use by five minutes up to now, oldest first, -1 where unknown
 * @returns tells for a number of buckets after the moment the totals in Units, ascending; none where no such moment is
 * known
 */
export function analoguesOf(
  units: Float64Array,
  settings: AnalogueSettings,
): (horizon: number) => Float64Array {
  const sums = new RunningSums(units);
  const ranked = rankedMoments(sums);
  const most = settings.analogues;
  // Most answers are among the nearest: all are sorted only where these do not suffice.
  const nearest = nearestFirst(ranked, most);
  return (horizon) => {
    const usable = countUsable(sums, horizon);
    const asked = Math.min(usable, most, Math.max(fewestAsked, Math.floor(usable / 4)));
    const totals = totalsAfter(sums, nearest, horizon, asked);
    return totals.length === asked ? totals : totalsAfter(sums, inOrder(ranked), horizon, asked);
  };
}

/** Moments that can be compared with now and whose use in the time after them is known. */
function countUsable(sums: RunningSums, horizon: number): number {
  let usable = 0;
  for (let at = sums.length - step; at >= shortWindow; at -= step) {
    if (at + horizon <= sums.length && sums.isKnown(at - shortWindow, at + horizon)) usable += 1;
  }
  return usable;
}

/** What was used after the first `asked` of these moments that can tell: Units, ascending; fewer where there are fewer. */
function totalsAfter(sums: RunningSums, moments: Float64Array, horizon: number, asked: number): Float64Array {
  const totals = new Float64Array(asked);
  let found = 0;
  for (const at of moments) {
    if (found === asked) break;
    if (at + horizon > sums.length || !sums.isKnown(at, at + horizon)) continue;
    totals[found] = sums.between(at, at + horizon);
    found += 1;
  }
  return totals.subarray(0, found).toSorted();
}

/** Totals of any stretch of time at once. */
class RunningSums {
  readonly length: number;
  readonly mean: number;
  private readonly total: Float64Array;
  private readonly unknown: Int32Array;

  constructor(units: Float64Array) {
    this.length = units.length;
    this.total = new Float64Array(units.length + 1);
    this.unknown = new Int32Array(units.length + 1);
    for (let index = 0; index < units.length; index += 1) {
      const value = units[index] ?? 0;
      this.total[index + 1] = (this.total[index] ?? 0) + Math.max(0, value);
      this.unknown[index + 1] = (this.unknown[index] ?? 0) + (value < 0 ? 1 : 0);
    }
    const known = units.length - (this.unknown[units.length] ?? 0);
    this.mean = known === 0 ? 0 : (this.total[units.length] ?? 0) / known;
  }

  /** Units in the buckets from `start` up to `end`, which is not included. */
  between(start: number, end: number): number {
    return (this.total[end] ?? 0) - (this.total[Math.max(0, start)] ?? 0);
  }

  isKnown(start: number, end: number): boolean {
    return this.unknown[end] === this.unknown[Math.max(0, start)];
  }
}

/** Distances are compared to a millionth. */
const distanceScale = 1e6;
/** More buckets than any history has. */
const indexScale = 8192;

/**
 * The moments of the past that can be compared with now, each as one number: how unlike now it was, and which it is.
 * Numbers are sorted much faster than pairs.
 */
function rankedMoments(sums: RunningSums): Float64Array {
  const now = sums.length;
  const distance = distanceFromNow(sums);
  const ranked = new Float64Array(Math.ceil(now / step));
  let count = 0;
  for (let at = now - step; at >= shortWindow; at -= step) {
    if (!sums.isKnown(at - shortWindow, at)) continue;
    ranked[count] = Math.round(distance(at) * distanceScale) * indexScale + at;
    count += 1;
  }
  return ranked.subarray(0, count);
}

/** The moments themselves, the most alike first. */
function inOrder(ranked: Float64Array): Float64Array {
  return ranked.toSorted().map((moment) => moment % indexScale);
}

const sampleStep = 8;
/** So many times the moments asked for are sorted at first: some of them cannot be used. */
const spare = 2;

/** The most alike moments, about `spare` times as many as wanted: a sample tells how near these are. */
function nearestFirst(ranked: Float64Array, wanted: number): Float64Array {
  const sample = ranked.filter((_moment, index) => index % sampleStep === 0).toSorted();
  const farthest = sample[Math.ceil((spare * wanted) / sampleStep)] ?? Number.POSITIVE_INFINITY;
  return inOrder(ranked.filter((moment) => moment <= farthest));
}

/** Tells how unlike now a moment is. */
function distanceFromNow(sums: RunningSums): (at: number) => number {
  // Small amounts differ by chance: below a tenth of the mean all are alike.
  const shortNoise = 0.1 * sums.mean * shortWindow + 0.005;
  const longNoise = 0.1 * sums.mean * longWindow + 0.02;
  const shortUse = (at: number) => Math.log(sums.between(at - shortWindow, at) + shortNoise);
  const longUse = (at: number) => Math.log(sums.between(at - longWindow, at) + longNoise);
  const now = sums.length;
  const shortNow = shortUse(now);
  const longNow = longUse(now);
  return (at) => {
    const age = now - at;
    const sinceSameTime = age % bucketsPerDay;
    const timeApart = Math.min(sinceSameTime, bucketsPerDay - sinceSameTime);
    return (
      Math.abs(shortUse(at) - shortNow) +
      longWindowWeight * Math.abs(longUse(at) - longNow) +
      Math.min(1, timeApart / otherTimeOfDay) +
      (dayAgeWeight * age) / bucketsPerDay
    );
  };
}
