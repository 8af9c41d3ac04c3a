import type { Balances } from '../../shared/top-up/balances.ts';
import { testEpoch } from './virtual-clock.ts';

/** Balances with everything that there may be, and everything that may be missing. */
export const sampleBalances: Balances = {
  readAt: testEpoch,
  consumption: [
    {
      accountId: 'c-1',
      instrument: 'chat-prime',
      instrumentId: 'instrument_1',
      usable: 250_000_001n,
      total: 3n,
    },
    { accountId: 'c-2', instrument: undefined, instrumentId: 'instrument_2', usable: 0n, total: undefined },
  ],
  trading: [
    { accountId: 't-1', instrument: undefined, instrumentId: 'instrument_2', available: 100_000_000n },
  ],
  currency: [{ currency: 'usd', available: 1_234_000_000n, locked: 0n, total: 1_234_000_000n }],
};
