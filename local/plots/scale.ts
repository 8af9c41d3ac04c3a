/** Maps values to heights: `lowest` is at the bottom, `highest` at the top, and `ticks` are labelled. */
export interface Scale {
  readonly lowest: number;
  readonly highest: number;
  /** Ascending, from `lowest` to `highest`. */
  readonly ticks: readonly number[];
}

/** Values of a series; undefined where nothing is known. */
export type Values = ArrayLike<number | undefined>;

/** Round steps within a power of ten. */
const roundSteps = [1, 2, 2.5, 5, 10];

/**
 * A scale with round ends from 0 to the largest value, or from 0 to 1 if there is nothing above 0.
 *
 * @param intervals between ticks, at most
 */
export function scaleFromZero(series: readonly Values[], intervals = 4): Scale {
  const highest = extremes(series)?.highest ?? 0;
  return roundScale(0, highest > 0 ? highest : 1, intervals);
}

/**
 * A scale with round ends that holds all values and lies close around them: for what never comes near 0.
 *
 * @param least how much it spans at least, so that a flat line does not look wild
 */
export function scaleAround(series: readonly Values[], least: number, intervals = 4): Scale {
  const { lowest, highest } = extremes(series) ?? { lowest: 0, highest: least };
  const missing = Math.max(0, least - (highest - lowest)) / 2;
  return roundScale(lowest - missing, highest + missing, intervals);
}

/** A scale with round ends and steps for what rises from 0 and what hangs below it; both are counted upwards. */
export function scaleBothWays(above: Values, below: Values, intervals = 6): Scale {
  const up = extremes([above])?.highest ?? 0;
  const down = extremes([below])?.highest ?? 0;
  return up + down > 0 ? roundScale(-down, up, intervals) : roundScale(0, 1, intervals);
}

/** Where a value is between the bottom (0) and the top (1). */
export function shareOf(value: number, { lowest, highest }: Scale): number {
  return highest === lowest ? 0 : (value - lowest) / (highest - lowest);
}

/** A tick as text, with as many decimals as its neighbours need. */
export function tickText(tick: number, { ticks }: Scale): string {
  const decimals = Math.max(0, ...ticks.map(decimalsOf));
  return tick.toFixed(decimals).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}

function roundScale(lowest: number, highest: number, intervals: number): Scale {
  const step = roundStep((highest - lowest) / intervals);
  const first = Math.floor(lowest / step + tolerance);
  const last = Math.max(first + 1, Math.ceil(highest / step - tolerance));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step));
  return { lowest: clean(first * step), highest: clean(last * step), ticks };
}

/** A value on a tick, but for the last binary digits, is on it. */
const tolerance = 1e-9;

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = roundSteps.find((round) => round * power >= least * (1 - tolerance));
  return clean((step ?? 10) * power);
}

/** Without the last binary digits of a product. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}

function extremes(series: readonly Values[]): { lowest: number; highest: number } | undefined {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (const value of Array.from(values)) {
      if (value === undefined || !Number.isFinite(value)) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  return highest < lowest ? undefined : { lowest, highest };
}
