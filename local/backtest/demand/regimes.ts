import { minutesPerDay } from '../calendar.ts';
import { createRandom, type Random } from '../random.ts';
import { type Demand, demandOf } from './demand.ts';

/** How busy an application is in a minute, against its other minutes. */
type Weight = (minute: number, random: Random) => number;

interface Regime {
  /** One weight per run: some remember what they are in the middle of. */
  readonly startWeight: () => Weight;
  /** Standard deviation of the slow noise on the logarithm of the rate. Default: 0.35. */
  readonly noise?: number;
}

/** Tokens of an average request, and their coefficient of variation. */
const tokensPerRequest = 3000;
const tokenVariation = 1.5;

/** From so many requests in a minute on, the normal distribution stands in for the sum of their tokens. */
const manyRequests = 30;

/** How fast the slow noise forgets, in minutes. */
const noiseMemory = 20;

export const regimeNames = [
  'steady',
  'diurnal',
  'bursty',
  'nightbatch',
  'growth',
  'onoff',
  'runaway',
] as const;

export type RegimeName = (typeof regimeNames)[number];

const regimes: Readonly<Record<RegimeName, Regime>> = {
  steady: { startWeight: () => () => 1, noise: 0.2 },
  diurnal: { startWeight: () => officeHours },
  bursty: { startWeight: bursts },
  nightbatch: { startWeight: officeHoursAndNightlyBatch },
  growth: { startWeight: () => (minute) => officeHours(minute) * 2 ** (minute / minutesPerDay / 4) },
  onoff: { startWeight: onAndOff },
  runaway: { startWeight: officeHoursWithRunawayLoops },
};

/** Synthetic demand: Poisson requests of gamma-distributed size on a regime's pattern, `unitsPerDay` on average. */
export function regimeDemand(name: RegimeName, unitsPerDay: number, seed: number, days = 14): Demand {
  const { startWeight, noise = 0.35 } = regimes[name];
  const random = createRandom(seed);
  const minutes = days * minutesPerDay;
  const weight = startWeight();
  const weights = Float64Array.from({ length: minutes }, (_, minute) => weight(minute, random));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const unitsPerWeight = (unitsPerDay * days) / total;
  const memory = Math.exp(-1 / noiseMemory);
  const shock = noise * Math.sqrt(1 - memory * memory);
  let drift = 0;
  const units = weights.map((one) => {
    drift = memory * drift + shock * random.normal();
    const wanted = one * unitsPerWeight * Math.exp(drift - (noise * noise) / 2);
    return tokensOf((wanted * 1e6) / tokensPerRequest, random) / 1e6;
  });
  return demandOf(`${name}-${unitsPerDay}-${seed}`, units);
}

/** Tokens that a minute's requests take together, `requests` being their expected number. */
function tokensOf(requests: number, random: Random): number {
  const count = random.poisson(requests);
  if (count === 0) return 0;
  const variance = tokenVariation * tokenVariation;
  if (count <= manyRequests) return random.gamma(count / variance, tokensPerRequest * variance);
  const spread = Math.sqrt(count) * tokensPerRequest * tokenVariation;
  return Math.max(0, count * tokensPerRequest + spread * random.normal());
}

/** A working day with peaks at 10:00 and 14:00, and a quiet weekend. */
function officeHours(minute: number): number {
  const hour = (minute / 60) % 24;
  const isWeekend = Math.floor(minute / minutesPerDay) % 7 >= 5;
  const work = Math.exp(-(((hour - 14) / 4.2) ** 2)) + 0.5 * Math.exp(-(((hour - 10) / 2) ** 2));
  return (0.06 + work) * (isWeekend ? 0.25 : 1);
}

/** Six bursts a day of 20 minutes, 5 to 13 times as busy and more. */
function bursts(): Weight {
  let end = -1;
  let height = 0;
  return (minute, random) => {
    if (minute > end && random.fraction() < 6 / minutesPerDay) {
      end = minute + random.exponential(20);
      height = 5 + random.exponential(8);
    }
    return 0.4 + (minute <= end ? height : 0);
  };
}

/** Office hours, and two fifths of the day's work about 02:00. */
function officeHoursAndNightlyBatch(): Weight {
  let start = 120;
  let length = 90;
  return (minute, random) => {
    const ofDay = minute % minutesPerDay;
    if (ofDay === 0) {
      start = 115 + Math.floor(20 * random.fraction());
      length = 60 + Math.floor(60 * random.fraction());
    }
    const isBatch = ofDay >= start && ofDay < start + length;
    return officeHours(minute) * 0.9 + (isBatch ? (2.8 * 90) / length : 0);
  };
}

/** Three hours on and seven off, on average. */
function onAndOff(): Weight {
  let isOn = false;
  let end = 0;
  return (minute, random) => {
    if (minute >= end) {
      isOn = !isOn;
      end = minute + Math.max(5, random.exponential(isOn ? 180 : 420));
    }
    return isOn ? 1 : 0;
  };
}

/** Office hours, and every second day something that loops for ten minutes. */
function officeHoursWithRunawayLoops(): Weight {
  let end = -1;
  return (minute, random) => {
    if (minute > end && random.fraction() < 0.5 / minutesPerDay) end = minute + 10;
    return officeHours(minute) + 0.1 + (minute <= end ? 15 : 0);
  };
}
