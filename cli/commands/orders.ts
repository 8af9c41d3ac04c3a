import * as v from 'valibot';
import { type Order, orderPageSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { countText, readInput, stateText, symbolText } from '../input/read-input.ts';
import type { Look } from '../output/look.ts';
import { timeOfDay } from '../output/times.ts';
import { orderTable, paintState } from '../screens/order-table.ts';
import type { CommandRun, Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { pause } from '../wait.ts';

const schema = v.object({
  state: v.optional(stateText),
  instrument: v.optional(symbolText),
  limit: countText(1, 10_000),
  follow: v.optional(v.boolean(), false),
});

type Filter = Omit<v.InferOutput<typeof schema>, 'follow'>;

const largestPage = 100;
const followMs = 2_000;

/** Lists orders, and goes on with what becomes of them. */
export const run: CommandRun = async (session, input) => {
  const { follow, ...filter } = readInput(input, [], schema);
  const target = await session.target();
  const orders = await session.waitFor('Reading orders', () => list(target, filter));
  const answer = {
    data: { orders },
    text: (look: Look) => (orders.length === 0 ? 'There are no such orders.' : orderTable(orders, look)),
  };
  if (!follow) return answer;
  await followOrders(session, target, filter, orders);
  return undefined;
};

/** Page by page, newest first, until there are enough. */
async function list(target: Target, { state, instrument, limit }: Filter): Promise<readonly Order[]> {
  const found: Order[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      limit: String(Math.min(largestPage, limit - found.length)),
      ...(state === undefined ? {} : { state }),
      ...(instrument === undefined ? {} : { instrument }),
      ...(cursor === null ? {} : { cursor }),
    });
    const { body } = await call(target, {
      schema: orderPageSchema,
      send: (api) => api.get(`/orders?${query.toString()}`),
    });
    found.push(...body.orders);
    cursor = body.nextCursor;
  } while (cursor !== null && found.length < limit);
  return found;
}

/** Prints an order whenever it is new or has changed: one line each, or one JSON object each. */
async function followOrders(
  session: Session,
  target: Target,
  filter: Filter,
  first: readonly Order[],
): Promise<void> {
  const known = new Map<string, string>();
  let orders = first;
  while (!session.interrupted.aborted) {
    for (const order of orders.toReversed()) {
      if (known.get(order.id) === order.updatedAt) continue;
      known.set(order.id, order.updatedAt);
      process.stdout.write(`${session.isJson ? JSON.stringify(order) : lineOf(order, session.look)}\n`);
    }
    await pause(followMs, session.interrupted);
    if (!session.interrupted.aborted) orders = await list(target, filter);
  }
}

function lineOf(order: Order, look: Look): string {
  const { id, state, instrument, quantity, filledQuantity, limitPrice, averagePrice, reason } = order;
  const paid = averagePrice === null ? '' : `, paid ${averagePrice} USD`;
  const why = reason === null ? '' : ` (${reason})`;
  const time = look.paint.dim(timeOfDay(look, order.updatedAt));
  const what = `${filledQuantity}/${quantity} ${instrument} at ${limitPrice} USD at most${paid}${why}`;
  return `${time}  ${id}  ${paintState(state.padEnd(16), state, look)}  ${what}`;
}
