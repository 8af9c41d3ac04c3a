import { expect, it } from 'vitest';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith, testEpoch } from './support/client-tools.ts';

const row = { order_id: 'order_1', status: 'cancelled', quantity: 5, filled_quantity: 0 };
const dateOf = (offset: number) => ({ date: new Date(testEpoch + offset).toUTCString() });

it("dates an order that is looked up by the exchange's clock", async () => {
  const { transport } = scriptedTransport(answer(200, { data: row }, dateOf(45_000)));
  const client = clientWith({ transport });
  expect((await client.getOrder('order_1'))?.shownAt).toBe(testEpoch + 45_000);
});

it("dates every order of a listing by the exchange's clock", async () => {
  const { transport } = scriptedTransport(answer(200, { data: [row] }, dateOf(-30_000)));
  const client = clientWith({ transport });
  const { orders } = await client.scanOrders(testEpoch);
  expect(orders.map(({ shownAt }) => shownAt)).toEqual([testEpoch - 30_000]);
});

it('dates an order by our own clock where the exchange does not tell the time', async () => {
  const { transport } = scriptedTransport(answer(200, { data: row }));
  const client = clientWith({ transport });
  expect((await client.getOrder('order_1'))?.shownAt).toBe(testEpoch);
});
