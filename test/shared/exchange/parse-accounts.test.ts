import { describe, expect, it } from 'vitest';
import type { ExactJson } from '../../../shared/exchange/exact-json.ts';
import { type JsonObject, UnreadableAnswer } from '../../../shared/exchange/fields.ts';
import {
  isClosed,
  parseConsumptionAccount,
  parseCurrencyAccount,
  parseTradingAccount,
} from '../../../shared/exchange/parse-accounts.ts';

const ids: JsonObject = { account_id: 'account_1', instrument_id: 'instrument_1' };
const unit = 100_000_000n;

/** What must never be taken for a balance. */
const nonsense: [string, ExactJson][] = [
  ['a negative balance', '-1'],
  ['less than nothing of nothing', '-0'],
  ['a balance of 10³⁰', `1${'0'.repeat(30)}`],
  ['an exponent', '1e9'],
  ['NaN', 'NaN'],
  ['digits of another script', '٣'],
  ['39 digits', '1'.repeat(39)],
  ['an object', { amount: '5' }],
  ['a list', ['5']],
  ['true', true],
  ['empty text', ''],
  ['a decimal comma', '5,5'],
];

describe('a consumption account', () => {
  const usable = (row: JsonObject, basis: 'available' | 'total' = 'available') =>
    parseConsumptionAccount({ ...ids, ...row }, basis).usable;

  it('holds what its available balance says, as in the exchange’s guide', () => {
    expect(usable({ available_balance: '4', total_balance: '10', committed_balance: '6' })).toBe(4n * unit);
  });

  it('holds what is not committed, where that field took its place', () => {
    expect(usable({ uncommitted_balance: '0', committed_balance: '6', total_balance: '6' })).toBe(0n);
    expect(usable({ uncommitted_balance: '9', available_balance: '4' })).toBe(4n * unit);
  });

  it('holds the total less what is committed, where only those are given', () => {
    expect(usable({ total_balance: '10', committed_balance: '6.5' })).toBe(350_000_000n);
    expect(() => usable({ total_balance: '6', committed_balance: '10' })).toThrow(
      'more is committed than there is',
    );
  });

  it('holds the total, where nothing else is given', () => {
    expect(usable({ total_balance: '0.123456789' })).toBe(12_345_678n);
  });

  it('holds the total when that is how the balance is to be read', () => {
    expect(usable({ available_balance: '0', total_balance: '10' }, 'total')).toBe(10n * unit);
    expect(usable({ available_balance: '3' }, 'total')).toBe(3n * unit);
  });

  it('tells its total beside what is usable', () => {
    expect(
      parseConsumptionAccount({ ...ids, available_balance: '1', total_balance: '9' }, 'available'),
    ).toEqual({
      accountId: 'account_1',
      instrumentId: 'instrument_1',
      usable: unit,
      total: 9n * unit,
    });
  });

  it('is not read if no balance field is known, rather than taken for empty', () => {
    for (const basis of ['available', 'total'] as const) {
      expect(() => usable({ balance: '5', free: '5' }, basis)).toThrow(UnreadableAnswer);
      expect(() => usable({ available_balance: null, committed_balance: '5' }, basis)).toThrow(
        UnreadableAnswer,
      );
    }
  });

  it('is not read without its instrument, or without its own id', () => {
    const { account_id, instrument_id } = ids;
    const balance: JsonObject = { available_balance: '5' };
    for (const row of [{ ...balance, ...(account_id === undefined ? {} : { account_id }) }]) {
      expect(() => parseConsumptionAccount(row, 'available')).toThrow(UnreadableAnswer);
      expect(() => parseTradingAccount(row)).toThrow(UnreadableAnswer);
    }
    for (const row of [{ ...balance, ...(instrument_id === undefined ? {} : { instrument_id }) }]) {
      expect(() => parseConsumptionAccount(row, 'available')).toThrow(UnreadableAnswer);
      expect(() => parseTradingAccount(row)).toThrow(UnreadableAnswer);
    }
  });

  it.each(nonsense)('is not read as a trading account with %s in any of its balances', (_what, value) => {
    const good: JsonObject = {
      ...ids,
      available_balance: '1',
      total_balance: '2',
      committed_balance: '1',
      locked_balance: '0',
    };
    expect(parseTradingAccount(good).available).toBe(unit);
    for (const name of ['available_balance', 'total_balance', 'committed_balance', 'locked_balance']) {
      expect(() => parseTradingAccount({ ...good, [name]: value })).toThrow(UnreadableAnswer);
    }
  });

  it.each(nonsense)('is not read with %s in any of its balances', (_what, value) => {
    const good: JsonObject = { available_balance: '1', total_balance: '2', committed_balance: '1' };
    for (const name of Object.keys(good)) {
      for (const basis of ['available', 'total'] as const) {
        expect(() => usable({ ...good, [name]: value }, basis)).toThrow(UnreadableAnswer);
      }
    }
    expect(() => usable({ uncommitted_balance: value })).toThrow(UnreadableAnswer);
  });
});

describe('a trading account', () => {
  it('holds its available balance, under any of its names', () => {
    for (const name of ['available_balance', 'available', 'total_balance']) {
      expect(parseTradingAccount({ ...ids, [name]: '2.5' })).toEqual({
        accountId: 'account_1',
        instrumentId: 'instrument_1',
        available: 250_000_000n,
      });
    }
    expect(parseTradingAccount({ ...ids, available_balance: '1', total_balance: '9' }).available).toBe(unit);
  });

  it.each(nonsense)('is not read with %s as its balance', (_what, value) => {
    expect(() => parseTradingAccount({ ...ids, available_balance: value })).toThrow(UnreadableAnswer);
    expect(() => parseTradingAccount(ids)).toThrow(UnreadableAnswer);
  });
});

describe('a currency account', () => {
  it('holds USD to the last decimal', () => {
    const row: JsonObject = {
      account_id: 'account_2',
      currency: 'USD',
      available_balance: '1234.56789012',
      locked_balance: '0.01',
      total_balance: '1234.57789012',
    };
    expect(parseCurrencyAccount(row)).toEqual({
      accountId: 'account_2',
      currency: 'usd',
      available: 123_456_789_012n,
      locked: 1_000_000n,
      total: 123_457_789_012n,
    });
  });

  it('is read under its older names, with what is missing worked out', () => {
    expect(parseCurrencyAccount({ currency: 'usd', available: '2', reserved: '1' })).toEqual({
      accountId: 'usd',
      currency: 'usd',
      available: 2n * unit,
      locked: unit,
      total: 3n * unit,
    });
  });

  it.each(nonsense)('is not read with %s in any of its balances', (_what, value) => {
    const good: JsonObject = {
      currency: 'usd',
      available_balance: '2',
      locked_balance: '1',
      total_balance: '3',
    };
    for (const name of ['available_balance', 'locked_balance', 'total_balance']) {
      expect(() => parseCurrencyAccount({ ...good, [name]: value })).toThrow(UnreadableAnswer);
    }
  });

  it('is not read without currency or available balance', () => {
    expect(() => parseCurrencyAccount({ available_balance: '2' })).toThrow(UnreadableAnswer);
    expect(() => parseCurrencyAccount({ currency: 'usd', total_balance: '2' })).toThrow(UnreadableAnswer);
  });
});

describe('a closed account', () => {
  it('is told by its status alone', () => {
    expect(['closed', 'CLOSED', ' closed '].map((status) => isClosed({ status }))).toEqual([
      true,
      true,
      true,
    ]);
    expect([{ status: 'active' }, {}, { status: null }, { status: ['closed'] }].map(isClosed)).not.toContain(
      true,
    );
  });
});
