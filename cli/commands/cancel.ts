import * as v from 'valibot';
import { orderSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { orderIdText, readInput } from '../input/read-input.ts';
import { units, usd } from '../output/amounts.ts';
import type { CommandRun } from '../session.ts';

/** Cancels an order. What was bought of it stays. */
export const run: CommandRun = async (session, input) => {
  const { id } = readInput(input, ['id'], v.object({ id: orderIdText }));
  const target = await session.target();
  const { status, body: order } = await session.waitFor('Asking the exchange to cancel it', () =>
    call(target, { schema: orderSchema, send: (api) => api.delete(`/orders/${encodeURIComponent(id)}`) }),
  );
  const { state, filledQuantity, spent } = order;
  const bought =
    filledQuantity === 0 ? 'Nothing was bought' : `${units(filledQuantity)} bought for ${usd(spent)}`;
  return {
    data: order,
    text: ({ paint }) =>
      status === 200
        ? `${paint.bold(id)} is over: ${state}. ${bought}.`
        : `${paint.bold(id)} is to be cancelled; it is ${state} still. ${bought} so far.\nSee what becomes of it: grid-buyer order ${id}`,
  };
};
