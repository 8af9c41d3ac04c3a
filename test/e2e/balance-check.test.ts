import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkAnswer } from '../support/answers.ts';
import { useLocalService } from '../support/local-service.ts';

/** The nasty exchange: it takes a second order with the same client order id. */
const underTest = useLocalService({ modes: { clientOrderIds: 'accept' } });

beforeEach(() => {
  const { admin } = underTest().service.exchange;
  admin.clearFaults();
  admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
});

async function check() {
  const result = await underTest().service.stack.fireSchedule();
  if (!result.ok) throw new Error(result.error.errorMessage);
  return v.parse(checkAnswer, result.payload);
}

describe('a balance check', () => {
  it('buys nothing when a balance cannot be read or understood', async () => {
    const { admin } = underTest().service.exchange;
    admin.grantUnits({ instrument: 'chat-prime', units: 1 });
    admin.setModes({ balanceFields: 'missing' });
    expect(await check()).toMatchObject({ instruments: [{ result: 'failed', reason: 'unreadable' }] });
    admin.setModes({ balanceFields: 'committed' });
    admin.grantUnits({ instrument: 'chat-prime', units: 5 });
    expect(await check()).toMatchObject({ instruments: [{ result: 'failed', reason: 'units-committed' }] });
    admin.setModes({ balanceFields: 'available' });
    admin.addFault({
      endpoint: 'GET /consumption-accounts',
      when: { always: true },
      effect: { kind: 'html', status: 200 },
    });
    expect(await check()).toMatchObject({ instruments: [{ result: 'failed', reason: 'unreadable' }] });
    expect(admin.truth().orders.accepted).toBe(0);
    admin.consumeUnits({ instrument: 'chat-prime', units: '6' });
  });

  it('says what the exchange refuses, and does not call it bought', async () => {
    const { admin } = underTest().service.exchange;
    admin.setModes({ accountMode: 'auto' });
    expect(await check()).toMatchObject({
      instruments: [{ result: 'not-bought', reason: 'auto_mode_trading_restricted' }],
    });
    admin.setModes({ accountMode: 'advanced' });
    expect(await check()).toMatchObject({ instruments: [{ result: 'enough' }] });
    expect(admin.truth().orders.accepted).toBe(0);
  });
});
