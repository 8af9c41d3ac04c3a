import * as v from 'valibot';
import { expect, it } from 'vitest';
import { checkAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';

const underTest = useLocalService({ modes: { clientOrderIds: 'accept' } });

it('tops up once although the answer is lost, the tick comes twice and the next checks look again', async () => {
  const { stack, exchange } = underTest().service;
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  exchange.admin.addFault({ endpoint: 'POST /orders', stage: 'after', effect: { kind: 'reset' } });
  const tick = new Date();
  const check = async (scheduledTime = new Date()) => {
    const result = await stack.fireSchedule(undefined, scheduledTime);
    if (!result.ok) throw new Error(result.error.errorMessage);
    return v.parse(checkAnswer, result.payload);
  };
  const [first] = (await check(tick)).instruments;
  expect(first).toMatchObject({ result: 'in-doubt', reason: 'ECONNRESET' });
  const later = [await check(tick), await check(), await check()];
  expect(later[0]?.orders).toMatchObject([{ id: first?.orderId, state: 'FILLED' }]);
  expect(later.flatMap(({ instruments }) => instruments.map(({ result }) => result))).toEqual([
    'enough',
    'enough',
    'enough',
  ]);
  const { orders, units } = exchange.admin.truth();
  expect(orders.accepted).toBe(1);
  expect(units['chat-prime']?.bought).toBe('10');
});
