import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService();
const made = v.object({ id: v.string() });

it('the status shows at one look what stops buying, what is spent, and what is open', async () => {
  const { api, stack } = underTest().service;
  expect(await api.get('/status')).toMatchObject({
    status: 200,
    body: { mode: 'LIVE', stoppedBy: null, checkedAt: null, openOrders: [], ordersThisHour: 0 },
  });

  const order = { market: 'chat-prime', type: 'limit', quantity: 2, price: '1.00' };
  const { id } = v.parse(made, (await api.placeOrder(randomUUID(), order)).body);
  await stack.fireSchedule();
  await expect
    .poll(async () => (await api.get('/status')).body)
    .toMatchObject({
      openOrderCount: expect.any(Number),
      openOrders: expect.arrayContaining([expect.objectContaining({ id, state: 'OPEN', quantity: 2 })]),
      checkedAt: expect.any(String),
      currency: [expect.objectContaining({ currency: 'USD' })],
      instruments: [
        expect.objectContaining({
          symbol: 'chat-prime',
          usable: expect.any(String),
          decision: expect.any(Object),
        }),
      ],
    });

  await api.stop({ reason: 'the bill is too high' });
  expect((await api.get('/status')).body).toMatchObject({
    stoppedBy: 'BREAKER',
    breaker: { reason: 'stopped-by-caller', note: 'the bill is too high' },
  });
});
