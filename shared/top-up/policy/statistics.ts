/** A quantile of ascending numbers, interpolated; 0 for none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const last = ascending.length - 1;
  if (last < 0) return 0;
  const place = share * last;
  const below = Math.floor(place);
  const low = ascending[below] ?? 0;
  const high = ascending[below + 1] ?? low;
  return low + (place - below) * (high - low);
}

/** The mean; 0 for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A number held between two others. */
export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

/** The share of the way to a new value that an average with this half-life goes in so much time. */
export function decayShare(elapsed: number, halfLife: number): number {
  return 1 - 0.5 ** (elapsed / halfLife);
}

/** Rounded so that a stored number is short. */
export function rounded(value: number, perUnit = 1e4): number {
  return Math.round(value * perUnit) / perUnit;
}
