import type { ExchangeTransfer } from '../../shared/transfers/exchange-port.ts';
import type { Transfer } from '../../shared/transfers/transfer.ts';
import { sampleLimits, usd } from './sample-order.ts';
import { testEpoch } from './virtual-clock.ts';

const instrumentId = sampleLimits.instrumentId ?? '';

/** A transfer of 3 Units that was sent a moment ago and got no clear answer. */
export function sampleTransfer(changes: Partial<Transfer> = {}): Transfer {
  return {
    transferId: `g1t-${'a'.repeat(26)}`,
    state: 'UNKNOWN',
    confirmed: false,
    version: 3,
    nonce: 'nonce-1',
    instrument: sampleLimits.symbol,
    instrumentId,
    quantity: 3n,
    exchangeTransferId: undefined,
    signedAt: testEpoch,
    sentAt: testEpoch,
    notAfter: testEpoch + 120_000,
    misses: 0,
    missedAt: undefined,
    settledAt: undefined,
    reason: undefined,
    responseStatus: undefined,
    createdAt: testEpoch,
    updatedAt: testEpoch,
    ...changes,
  };
}

/** The same transfer as the exchange's history shows it. */
export function sampleHistoryRow(changes: Partial<ExchangeTransfer> = {}): ExchangeTransfer {
  return {
    exchangeTransferId: 'transfer_1',
    instrumentId,
    quantity: usd('3'),
    createdAt: testEpoch + 1_000,
    mayHaveMoved: true,
    ...changes,
  };
}
