import * as v from 'valibot';
import { expect, it } from 'vitest';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService({ freeze: false });
const calls = 20;
const running = v.object({ running: v.literal(true), startedAt: v.string() });

it(`${calls} applications that are refused at once set off one check, which buys once`, async () => {
  const { api, exchange, stack } = underTest().service;
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  const answers = await Promise.all(
    Array.from({ length: calls }, () => api.checkNow({ market: 'chat-prime', refused: true })),
  );
  const done = answers.filter(({ status }) => status === 200);
  expect(done).toMatchObject([
    { body: { running: false, late: false, instruments: [{ instrument: 'chat-prime', result: 'bought' }] } },
  ]);
  const told = answers.filter(({ status }) => status === 202);
  expect(told).toHaveLength(calls - 1);
  const started = new Set(told.map(({ body }) => v.parse(running, body).startedAt));
  expect([...started]).toEqual([v.parse(v.looseObject({ startedAt: v.string() }), done[0]?.body).startedAt]);
  const waits = told.map(({ headers }) => Number(headers.get('retry-after')));
  expect(waits.every((seconds) => seconds >= 1 && seconds <= 10)).toBe(true);
  const { orders, calls: requests } = exchange.admin.truth();
  expect(orders.accepted).toBe(1);
  expect(requests.orderPosts).toBe(1);

  // Its metrics are no heartbeat of the schedule.
  const metrics = underTest().logLines.join();
  expect(metrics).toContain('"UnitsAvailable"');
  expect(metrics).not.toContain('"CheckCompleted"');

  // The schedule's next check finds what was bought.
  expect(await stack.fireSchedule()).toMatchObject({ payload: { instruments: [{ result: 'enough' }] } });
  expect(exchange.admin.truth().orders.accepted).toBe(1);
});

it('needs no body, and says what is wrong with one', async () => {
  const { api } = underTest().service;
  expect((await api.checkNow()).status).toBe(202);
  expect(await api.checkNow({ market: 'chat-fast', refused: 'yes' })).toMatchObject({
    status: 400,
    body: { code: 'invalid-request', errors: [{ field: 'refused' }, { field: 'market' }] },
  });
});
