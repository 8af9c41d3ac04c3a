import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeClient } from '../../../shared/exchange/client.ts';
import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import { computedTransport } from './support/answers.ts';
import { anyAnswer } from './support/any-answer.ts';
import { clientWith } from './support/client-tools.ts';

type Read = (client: ExchangeClient) => Promise<unknown>;
const reads: [string, Read][] = [
  ['getOrder', (client) => client.getOrder('order_1')],
  ['scanOrders', (client) => client.scanOrders(0)],
  ['getOrderBook', (client) => client.getOrderBook('m')],
  ['getConsumptionAccounts', (client) => client.getConsumptionAccounts()],
  ['getCurrencyAccounts', (client) => client.getCurrencyAccounts()],
  ['getTradingAccounts', (client) => client.getTradingAccounts()],
  ['getMarket', (client) => client.getMarket('m')],
  ['listMarkets', (client) => client.listMarkets()],
  ['listTrades', (client) => client.listTrades('order_1')],
  ['listTransfers', (client) => client.listTransfers(0)],
  ['getAccountLimits', (client) => client.getAccountLimits('m')],
];

describe.each(reads)('%s', (_name, read) => {
  it('returns or throws an ExchangeReadError, whatever the exchange answers', async () => {
    let returned = 0;
    const property = fc.asyncProperty(anyAnswer, async (result) => {
      const { transport } = computedTransport(() => result);
      const error = await read(clientWith({ transport })).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) returned += 1;
      else expect(error).toBeInstanceOf(ExchangeReadError);
    });
    await fc.assert(property, { numRuns: 500 });
    expect(returned).toBeGreaterThan(0);
  });
});
