export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return 0;
  const x = p * (sorted.length - 1);
  const i = Math.floor(x);
  const low = sorted[i]!;
  return low + (x - i) * ((sorted[i + 1] ?? low) - low);
}
