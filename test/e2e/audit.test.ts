import { expect, it } from 'vitest';
import { deploymentTag } from '../../shared/orders/order-id.ts';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService();

it('an order of ours that nobody recorded stops all buying, one of another stage does not', async () => {
  const { api, exchange, stack } = underTest().service;
  const place = (tag: string) =>
    exchange.admin.placeDashboardOrder({
      market: 'chat-prime',
      side: 'buy',
      quantity: 1,
      price: '1.00',
      clientOrderId: `g1a-${tag}${'q'.repeat(22)}`,
    });
  exchange.admin.grantUnits({ instrument: 'chat-prime', units: 50 });
  place(deploymentTag('another-stage'));
  await stack.fireSchedule();
  const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };
  expect((await api.placeOrder('before-the-orphan-1', order)).status).toBe(201);

  place(deploymentTag('threshold'));
  await stack.fireSchedule();
  expect(await api.placeOrder('after-the-orphan-01', order)).toMatchObject({
    status: 423,
    body: { code: 'stopped', detail: expect.stringContaining('breaker') },
  });
});
