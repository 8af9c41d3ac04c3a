import { onTestFinished } from 'vitest';
import type { ModesChange } from '../../../../local/exchange/modes.ts';
import { startExchange } from '../../../../local/exchange/start.ts';
import { createExchangeClient } from '../../../../shared/exchange/client.ts';
import { systemClock } from '../../../../shared/time/system-clock.ts';
import { createTransport } from '../../../../shared/transport/transport.ts';
import { createRecordingClock, guideDialect, testKey } from './client-tools.ts';

export const marketId = 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c';
const pathPrefix = '/api/v1/trading';

/** A market with three Units at 2.00, seven at 2.40 and more above, and a client with its key registered. */
export async function openMarket(
  options: { readonly extraPrefix?: string; readonly clockOffMs?: number; readonly modes?: ModesChange } = {},
) {
  const exchange = await startExchange({
    publicKeys: [Buffer.from(testKey.publicKey).toString('base64')],
    extraPrefixes: options.extraPrefix === undefined ? [] : [options.extraPrefix],
    usd: '100',
    modes: options.modes ?? {},
  });
  onTestFinished(() => exchange.close());
  exchange.admin.setBook({
    market: marketId,
    asks: [
      { price: '2.40', quantity: 7 },
      { price: '2.00', quantity: 3 },
      { price: '9.00', quantity: 50 },
    ],
    bids: [{ price: '1.50', quantity: 4 }],
  });
  const now = Date.now() + (options.clockOffMs ?? 0);
  const clock = options.clockOffMs === undefined ? systemClock : createRecordingClock(now);
  const skew = { offset: 0 };
  const client = createExchangeClient(
    {
      endpoint: { url: new URL(exchange.url), pathPrefix: options.extraPrefix ?? pathPrefix },
      transport: createTransport(new URL(exchange.url)),
      signingKey: async () => testKey,
      onKeyRefused: () => undefined,
      clock,
      random: Math.random,
      deadline: now + 20_000,
      skew,
      tally: { answered: 0, refused: 0 },
    },
    guideDialect,
  );
  const buy = async (clientOrderId: string, quantity: bigint, limitPrice: bigint) => {
    const order = {
      clientOrderId,
      marketId,
      quantity,
      limitPrice,
      sentType: 'limit' as const,
      timeInForce: 'gtc',
    } as const;
    const outcome = await client.sendOrder(await client.prepareOrder(order));
    if (outcome.kind !== 'accepted') throw new Error(`The order was ${outcome.kind}: ${outcome.code}.`);
    return outcome.exchangeOrderId;
  };
  return { client, admin: exchange.admin, buy, skew };
}
