/** A seed that signs nothing real. */
export const seed = Buffer.alloc(32, 7);
export const target = '/api/v1/trading/orders';
/** As long as an order is. */
export const body = JSON.stringify({ order: 'x'.repeat(180) });

/** What is signed. */
export function message(timestamp: number, text: string): Buffer {
  return Buffer.from(`${timestamp}POST${target}${text}`);
}

const firstTimestamp = 1_764_000_000;

/** Does something so many times. @returns how long the middle one took, microseconds */
export function timeMany(
  times: number,
  work: (timestamp: number) => unknown,
): { readonly microseconds: number } {
  const durations: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const start = process.hrtime.bigint();
    work(firstTimestamp + index);
    durations.push(Number(process.hrtime.bigint() - start) / 1_000);
  }
  return { microseconds: durations.toSorted((one, other) => one - other)[times >> 1] ?? 0 };
}
