import * as v from 'valibot';
import { expect, it } from 'vitest';
import { runControl } from '../support/control-tool.ts';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService();
const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };

const control = (...args: readonly string[]) => runControl(underTest().service.stack, ...args);

const answerTo = async (key: string) => {
  const { status, body } = await underTest().service.api.placeOrder(key, order);
  return { status, body };
};

it('anybody stops all buying, only an administrator lets it go on, and the same key is still good', async () => {
  const { api, exchange, stack } = underTest().service;
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 100 }] });
  expect(await control('show')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Mode: LIVE') });

  const stopped = await fetchStop();
  expect(stopped).toMatchObject({ status: 200, body: { breaker: 'open' } });
  expect(await answerTo('key-while-stopped-1')).toMatchObject({ status: 423, body: { code: 'stopped' } });
  expect(await stack.fireSchedule()).toMatchObject({
    payload: { instruments: [{ result: 'not-bought', reason: 'stopped' }] },
  });
  expect(exchange.admin.truth().calls.orderPosts).toBe(0);
  expect((await api.get('/orders')).body).toMatchObject({ orders: [] });
  expect(metrics('BreakerOpened')).toEqual([1]);
  expect(metrics('BreakerOpen')).toEqual([1]);
  expect(metrics('TopUpBlocked')).toEqual([1]);

  expect((await control('show')).stdout).toContain('Breaker: open since');
  expect(await control('close-breaker')).toMatchObject({ exitCode: 0 });
  expect(await answerTo('key-while-stopped-1')).toMatchObject({ status: 201 });

  expect(await control('dry-run', '--reason', 'a look around')).toMatchObject({ exitCode: 0 });
  expect(await answerTo('key-while-stopped-2')).toMatchObject({ status: 423 });
  expect((await control('show')).stdout).toContain('a look around');
  await control('live', '--reason', 'go on', '--yes');
  expect(await answerTo('key-while-stopped-2')).toMatchObject({ status: 201 });
  expect(exchange.admin.truth().calls.orderPosts).toBe(2);
});

/** All values of a metric that the functions have emitted so far. */
function metrics(name: string): unknown[] {
  return underTest()
    .logLines.map((line) => v.parse(v.looseObject({}), JSON.parse(line)))
    .filter((line) => '_aws' in line && name in line)
    .map((line) => line[name]);
}

async function fetchStop() {
  const { status, body } = await underTest().service.api.stop();
  return { status, body };
}

it('refuses what is above the limit of an order, and what the hour has no room for', async () => {
  const { api, exchange } = underTest().service;
  const large = { ...order, quantity: 20 };
  expect(await api.placeOrder('a-large-order-0001', large)).toMatchObject({
    status: 402,
    body: { code: 'over-budget', detail: expect.stringContaining('single order') },
  });
  const before = exchange.admin.truth().orders.accepted;
  const answers: Awaited<ReturnType<typeof answerTo>>[] = [];
  // As many at a time as few sandboxes can take: each is a process.
  for (let sent = 0; sent < 70; sent += 7) {
    const keys = Array.from({ length: 7 }, (_, index) => `key-of-the-hour-${sent + index}`);
    answers.push(...(await Promise.all(keys.map(answerTo))));
  }
  const accepted = answers.filter(({ status }) => status === 201).length;
  expect(exchange.admin.truth().orders.accepted - before).toBe(accepted);
  // 60 an hour, of which two were placed above; a new hour may have begun meanwhile.
  expect(accepted).toBeGreaterThanOrEqual(58);
  expect(accepted).toBeLessThan(70);
  expect(
    answers.filter(({ status }) => status !== 201).every(({ status }) => status === 402 || status === 429),
  ).toBe(true);
});

it("the administrator's tool says what it cannot do", async () => {
  expect(await control('fast')).toMatchObject({ exitCode: 2 });
  expect((await control('live')).stderr).toContain('--reason');
});
