/** A value at a time (ms since the epoch). */
export interface TimedValue {
  readonly at: number;
  readonly value: number;
}

/**
 * One value for each column of a chart: the mean of what falls into it, or what was known before for as long as that
 * counts; undefined beyond.
 *
 * @param points in the order of time
 */
export function resample(
  points: readonly TimedValue[],
  range: { readonly from: number; readonly to: number; readonly columns: number },
  holdsMs: number,
): readonly (number | undefined)[] {
  const { from, to, columns } = range;
  const width = (to - from) / columns;
  let next = 0;
  let last: TimedValue | undefined;
  return Array.from({ length: columns }, (_, column) => {
    const end = column === columns - 1 ? Number.POSITIVE_INFINITY : from + (column + 1) * width;
    let sum = 0;
    let count = 0;
    for (let point = points[next]; point !== undefined && point.at < end; point = points[next]) {
      sum += point.value;
      count += 1;
      last = point;
      next += 1;
    }
    if (count > 0) return sum / count;
    return last !== undefined && from + column * width - last.at <= holdsMs ? last.value : undefined;
  });
}
