import * as v from 'valibot';
import { orderWithHistorySchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { orderIdText, readInput } from '../input/read-input.ts';
import { drawOrder } from '../screens/order-screen.ts';
import type { CommandRun } from '../session.ts';
import type { Target } from '../target/target.ts';

/** One order with its whole history. */
export const run: CommandRun = async (session, input) => {
  const { id } = readInput(input, ['id'], v.object({ id: orderIdText }));
  const order = await readOrder(await session.target(), id);
  return { data: order, text: (look) => drawOrder(order, look) };
};

/** @throws Failure `not-found` if there is none that the caller may see */
export async function readOrder(
  target: Target,
  id: string,
): Promise<v.InferOutput<typeof orderWithHistorySchema>> {
  const { body } = await call(target, {
    schema: orderWithHistorySchema,
    send: (api) => api.get(`/orders/${encodeURIComponent(id)}`),
  });
  return body;
}
