import { expect, it } from 'vitest';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService();
const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '1.00' };

/** One firing of the schedule that was due so many minutes ago. */
async function checkDue(minutesAgo: number): Promise<void> {
  const { stack } = underTest().service;
  const checkBalances = stack.functions.find(({ logicalId }) => logicalId.startsWith('CheckBalances'))?.name;
  const scheduledTime = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const result = await stack.invoke(checkBalances ?? '', { scheduleArn: 'arn:schedule', scheduledTime });
  expect(result.ok).toBe(true);
}

it('a key that the exchange refuses in three checks stops all buying, and two and an answer do not', async () => {
  const { service, logLines } = underTest();
  const { api, exchange } = service;
  const refuse = () =>
    exchange.admin.addFault({
      endpoint: 'GET *',
      when: { always: true },
      effect: { kind: 'status', status: 401, json: { error: { code: 'AUTH_FAILED' } } },
    });
  exchange.admin.grantUnits({ instrument: 'chat-prime', units: 50 });
  refuse();
  await checkDue(3.9);
  await checkDue(3.5);
  exchange.admin.clearFaults();
  await checkDue(3);
  expect((await api.placeOrder('two-were-refused-01', order)).status).toBe(201);

  refuse();
  await checkDue(2.5);
  await checkDue(2);
  expect((await api.placeOrder('two-were-refused-02', order)).status).toBe(201);
  await checkDue(1);
  expect(await api.placeOrder('three-were-refused', order)).toMatchObject({
    status: 423,
    body: { code: 'stopped', detail: expect.stringContaining('breaker') },
  });
  expect(logLines.filter((line) => line.includes('"message":"signing-key-refused"'))).toHaveLength(1);
  expect(logLines.some((line) => line.includes('"ClockSkewMs"'))).toBe(true);
});
