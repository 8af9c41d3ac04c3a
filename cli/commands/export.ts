import { writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type Order, orderPageSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { csvOf, type EntryOfBooks, entryOf, totalOf } from '../export/books.ts';
import { Failure } from '../failure.ts';
import { readInput } from '../input/read-input.ts';
import { units, usd } from '../output/amounts.ts';
import type { CommandRun } from '../session.ts';
import type { Target } from '../target/target.ts';

const day = v.pipe(
  v.string('must be a day such as 2026-11-01'),
  v.check(isDay, (issue) => `must be a day such as 2026-11-01, not ${JSON.stringify(issue.input)}`),
);
const schema = v.pipe(
  v.object({
    from: day,
    to: day,
    output: v.optional(v.pipe(v.string(), v.nonEmpty('must name a file'))),
  }),
  v.forward(
    v.check(({ from, to }) => from <= to, 'must not be before --from'),
    ['to'],
  ),
);

const dayMs = 86_400_000;

/** What was bought in a period, order by order, for accounting. */
export const run: CommandRun = async (session, input) => {
  const { from, to, output } = readInput(input, [], schema);
  const target = await session.target();
  const orders = await session.waitFor('Reading orders', () => ordersBetween(target, from, to));
  const open = orders.filter(({ state }) => !isOver(state)).length;
  if (open > 0)
    session.tell(
      () => `${open} of the orders are not over: what they buy from now on is missing. Export again later.`,
    );
  const entries = orders.filter(({ filledQuantity }) => filledQuantity > 0).map(entryOf);
  const data = { from, to, entries, total: totalOf(entries), openOrders: open };
  if (output === undefined) return { data, text: () => csvOf(entries) };
  await write(output, entries);
  const { units: bought, total } = data.total;
  return {
    data: { ...data, file: output },
    text: () => `${output}: ${entries.length} orders, ${units(bought)} for ${usd(total)}.`,
  };
};

/** Orders that were made on these UTC days, both included, oldest first. */
async function ordersBetween(target: Target, from: string, to: string): Promise<readonly Order[]> {
  const begin = Date.parse(from);
  const end = Date.parse(to) + dayMs;
  const found: Order[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor === null ? {} : { cursor }) });
    const { body } = await call(target, {
      schema: orderPageSchema,
      send: (api) => api.get(`/orders?${query.toString()}`),
    });
    found.push(...body.orders.filter(({ createdAt }) => Date.parse(createdAt) < end));
    cursor = body.nextCursor;
    // Newest first: once one is too old, all that follow are.
    if (body.orders.some(({ createdAt }) => Date.parse(createdAt) < begin)) break;
  } while (cursor !== null);
  return found.filter(({ createdAt }) => Date.parse(createdAt) >= begin).toReversed();
}

async function write(file: string, entries: readonly EntryOfBooks[]): Promise<void> {
  try {
    await writeFile(file, csvOf(entries));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('usage', `${file} cannot be written.`, {
      why,
      todo: 'Choose another place with --output.',
    });
  }
}

function isDay(text: string): boolean {
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  // The 30th of February is read as a day of March.
  return isWritten && new Date(text).toISOString().startsWith(text);
}

function isOver(state: string): boolean {
  return ['FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'ABANDONED'].includes(state);
}
