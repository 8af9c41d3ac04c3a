import { describe, expect, it } from 'vitest';
import { type ExaminedExchange, examineAccount } from '../../../shared/exchange/examine-account.ts';
import { ExchangeReadError, type ReadErrorKind } from '../../../shared/exchange/read-error.ts';
import type { CancelOutcome } from '../../../shared/orders/exchange-port.ts';
import { usd } from '../../support/sample-order.ts';

const instruments = [
  { symbol: 'chat-prime', marketId: 'm1' },
  { symbol: 'code-prime', marketId: 'm2' },
];

function exchange(changes: Partial<ExaminedExchange> = {}): ExaminedExchange {
  return {
    getCurrencyAccounts: async () => [{ currency: 'usd', available: usd('12.5') }],
    getMarket: async () => ({ isActive: true }),
    cancelOrder: async () => ({ kind: 'refused', status: 404, code: 'not_found' }),
    clockOffset: () => -1_200,
    ...changes,
  };
}

const examine = (changes?: Partial<ExaminedExchange>) =>
  examineAccount(exchange(changes), instruments, 'nobody');
const failing = (kind: ReadErrorKind) => async () => {
  throw new ExchangeReadError(kind, 'any', 'the-code', 400);
};

describe('the examination of an account', () => {
  it('tells what there is', async () => {
    expect(await examine()).toEqual({
      reads: 'answered',
      reason: null,
      mode: 'advanced',
      markets: [
        { instrument: 'chat-prime', state: 'active' },
        { instrument: 'code-prime', state: 'active' },
      ],
      currency: [{ currency: 'USD', available: '12.50' }],
      clockOffsetMs: -1_200,
    });
  });

  it.each([
    ['unauthorized', 'key-refused'],
    ['not-found', 'path-unknown'],
    ['forbidden', 'forbidden'],
    ['unavailable', 'unclear'],
    ['unreadable', 'unclear'],
  ] as const)('asks no further where a read is %s', async (kind, reads) => {
    let further = 0;
    const asked = async (): Promise<never> => {
      further += 1;
      throw new Error('it was asked further');
    };
    const found = await examine({ getCurrencyAccounts: failing(kind), cancelOrder: asked, getMarket: asked });
    expect(found).toMatchObject({ reads, reason: 'the-code', mode: 'unclear', markets: [], currency: [] });
    expect(further).toBe(0);
  });

  it.each<[CancelOutcome, string]>([
    [{ kind: 'refused', status: 403, code: 'auto_mode_trading_restricted' }, 'auto'],
    [{ kind: 'refused', status: 404, code: 'not_found' }, 'advanced'],
    [{ kind: 'refused', status: 422, code: 'odd' }, 'unclear'],
    [{ kind: 'unknown', code: 'timeout' }, 'unclear'],
    [{ kind: 'requested' }, 'unclear'],
  ])('%j shows the mode %s', async (outcome, mode) => {
    const cancelled: string[] = [];
    const cancelOrder = async (id: string) => {
      cancelled.push(id);
      return outcome;
    };
    expect(await examine({ cancelOrder })).toMatchObject({ mode });
    expect(cancelled).toEqual(['nobody']);
  });

  it('tells a market that is closed, or unknown, or not read from one that is open', async () => {
    const closed = async () => ({ isActive: false });
    const states = async (getMarket: ExaminedExchange['getMarket']) =>
      (await examine({ getMarket })).markets.map(({ state }) => state);
    expect(await states(closed)).toEqual(['closed', 'closed']);
    expect(await states(failing('not-found'))).toEqual(['not-found', 'not-found']);
    expect(await states(failing('unavailable'))).toEqual(['unclear', 'unclear']);
  });

  it('hides no bug behind a finding', async () => {
    const bug = async (): Promise<never> => {
      throw new RangeError('bug');
    };
    await expect(examine({ getCurrencyAccounts: bug })).rejects.toThrow(RangeError);
  });
});
