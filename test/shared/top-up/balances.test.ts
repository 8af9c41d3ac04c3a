import { describe, expect, it } from 'vitest';
import { balancesView } from '../../../shared/http/balances-view.ts';
import { type Balances, recordBalances } from '../../../shared/top-up/balances.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleBalances } from '../../support/sample-balances.ts';

describe('the balances that a check has read', () => {
  const written: Balances[] = [];
  const record = { write: async (balances: Balances) => void written.push(balances) };

  it('are kept', async () => {
    const log = createRecordedLog();
    await recordBalances({ record, log }, async () => sampleBalances);
    expect(written).toEqual([sampleBalances]);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['read', { write: async () => undefined }, new TypeError('some text')],
    ['written', { write: async () => Promise.reject(new TypeError('some text')) }, undefined],
  ])('do not fail the check when they cannot be %s', async (_what, faulty, thrown) => {
    const log = createRecordedLog();
    await recordBalances({ record: faulty, log }, async () => {
      if (thrown !== undefined) throw thrown;
      return sampleBalances;
    });
    expect(log.lines).toMatchObject([
      { level: 'warn', event: 'balances-not-recorded', fields: { error: 'TypeError' } },
    ]);
  });

  it('are shown as decimals, with the time at which they were read', () => {
    expect(balancesView(sampleBalances)).toEqual({
      readAt: new Date(sampleBalances.readAt).toISOString(),
      consumption: [
        {
          accountId: 'c-1',
          instrument: 'chat-prime',
          instrumentId: 'instrument_1',
          usable: '2.50000001',
          total: '0.00000003',
        },
        { accountId: 'c-2', instrument: null, instrumentId: 'instrument_2', usable: '0', total: null },
      ],
      trading: [{ accountId: 't-1', instrument: null, instrumentId: 'instrument_2', available: '1' }],
      currency: [{ currency: 'USD', available: '12.34', locked: '0.00', total: '12.34' }],
    });
  });
});
