import type { BuyingLimits } from '../../shared/orders/buying-limits.ts';
import type { SeenOrder } from '../../shared/orders/exchange-port.ts';
import type { Order } from '../../shared/orders/order.ts';
import { testEpoch } from './virtual-clock.ts';

/** USD from a decimal text, for tests that read like prices. */
export function usd(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0'));
}

export const sampleLimits: BuyingLimits = {
  symbol: 'chat-prime',
  marketId: 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c',
  instrumentId: 'instrument_c18a986c-522b-475a-b319-f2d0ba04a64d',
  maximumPrice: usd('2.50'),
  maximumQuantity: 100n,
  priceTick: usd('0.01'),
  slippageBasisPoints: 100n,
  feeBasisPoints: 100n,
  nativeMarketOrders: false,
  isPaused: false,
};

/** An open order for 5 Units at 2.50, reserved with 1 % for the fee. */
export function sampleOrder(changes: Partial<Order> = {}): Order {
  return {
    orderId: `g1a-${'a'.repeat(26)}`,
    state: 'OPEN',
    confirmed: false,
    version: 3,
    nonce: 'nonce-1',
    payloadFingerprint: 'payload-1',
    source: 'api',
    purpose: undefined,
    holdsSlot: false,
    holdsTerms: false,
    principal: 'arn:aws:iam::123456789012:role/app',
    instrument: sampleLimits.symbol,
    marketId: sampleLimits.marketId,
    requestedType: 'limit',
    sentType: 'limit',
    timeInForce: 'gtc',
    quantity: 5n,
    limitPrice: usd('2.50'),
    feeBasisPoints: 100n,
    budgetDay: '2026-11-23',
    budgetMonth: '2026-11',
    reserved: usd('12.625'),
    spent: 0n,
    filledQuantity: 0n,
    averagePrice: undefined,
    exchangeOrderId: 'order_1',
    matchedBy: 'answer',
    signedAt: testEpoch,
    sentAt: testEpoch,
    notAfter: testEpoch + 120_000,
    misses: 0,
    missedAt: undefined,
    cancelRequestedAt: undefined,
    settledAt: undefined,
    reason: undefined,
    responseStatus: undefined,
    createdAt: testEpoch,
    updatedAt: testEpoch,
    ...changes,
  };
}

/** The same order as the exchange shows it a minute later. */
export function sampleSight(changes: Partial<SeenOrder> = {}): SeenOrder {
  return {
    exchangeOrderId: 'order_1',
    clientOrderId: `g1a-${'a'.repeat(26)}`,
    marketId: sampleLimits.marketId,
    side: 'buy',
    quantity: 5n,
    filledQuantity: 0n,
    limitPrice: usd('2.50'),
    averagePrice: undefined,
    fee: undefined,
    status: 'live',
    closureReason: undefined,
    submittedAt: testEpoch,
    shownAt: testEpoch + 60_000,
    ...changes,
  };
}
