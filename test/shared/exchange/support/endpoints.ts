import type { ExchangeClient } from '../../../../shared/exchange/client.ts';
import type { OrderToSend } from '../../../../shared/orders/exchange-port.ts';

/** An endpoint of the exchange, as the client calls it, and an answer that is right. */
export interface Endpoint {
  readonly method: keyof ExchangeClient;
  readonly call: (client: ExchangeClient) => Promise<unknown>;
  readonly rightAnswer: unknown;
}

export const orderToSend: OrderToSend = {
  sentType: 'limit',
  clientOrderId: 'g1a-abcdefghijklmnopqrstuvwxyz',
  marketId: 'm',
  quantity: 3n,
  limitPrice: 250_000_000n,
  timeInForce: 'gtc',
};

const orderRow = {
  order_id: 'order_1',
  client_order_id: orderToSend.clientOrderId,
  market_id: 'm',
  side: 'buy',
  status: 'active',
  quantity: 3,
  filled_quantity: 1,
  price: '2.50',
  average_price: '2.40',
  fee: '0.01',
  submitted_at: '2026-11-23T12:00:00Z',
};
const paging = { next_cursor: null, has_more: false };
const unitsRow = { account_id: 'a', instrument_id: 'i', status: 'active', available_balance: '500' };
const moneyRow = { account_id: 'a', currency: 'USD', available_balance: '12.5', locked_balance: '1' };
const marketRow = { market_id: 'm', name: 'M', status: 'active', associated_instruments: ['i'] };
const tradeRow = { trade_id: 't', order_id: 'order_1', price: '2.40', quantity: 1, fee: '0.01' };
const transferRow = { transfer_id: 'transfer_1', instrument_id: 'i', quantity: 3, status: 'completed' };

export const reads: readonly Endpoint[] = [
  {
    method: 'getOrder',
    call: (client) => client.getOrder('order_1'),
    rightAnswer: { data: orderRow },
  },
  {
    method: 'scanOrders',
    call: (client) => client.scanOrders(0),
    rightAnswer: { data: [orderRow], paging },
  },
  {
    method: 'getOrderBook',
    call: (client) => client.getOrderBook('m'),
    rightAnswer: { data: { sell: [['2.5', 1]], buy: [{ price: '1', quantity: 2 }] } },
  },
  {
    method: 'getConsumptionAccounts',
    call: (client) => client.getConsumptionAccounts(),
    rightAnswer: { data: [unitsRow], paging },
  },
  {
    method: 'getTradingAccounts',
    call: (client) => client.getTradingAccounts(),
    rightAnswer: { data: [unitsRow], paging },
  },
  {
    method: 'getCurrencyAccounts',
    call: (client) => client.getCurrencyAccounts(),
    rightAnswer: { data: [moneyRow] },
  },
  { method: 'getMarket', call: (client) => client.getMarket('m'), rightAnswer: { data: marketRow } },
  { method: 'listMarkets', call: (client) => client.listMarkets(), rightAnswer: { data: [marketRow] } },
  {
    method: 'listTrades',
    call: (client) => client.listTrades('order_1'),
    rightAnswer: { data: [tradeRow], paging },
  },
  {
    method: 'listTransfers',
    call: (client) => client.listTransfers(0),
    rightAnswer: { data: [transferRow], paging },
  },
  {
    method: 'getAccountLimits',
    call: (client) => client.getAccountLimits('m'),
    rightAnswer: { data: { order_rate_limits: { max_orders_per_second: 5, max_orders_per_minute: 50 } } },
  },
];

export const placing: Endpoint = {
  method: 'sendOrder',
  call: async (client) => client.sendOrder(await client.prepareOrder(orderToSend)),
  rightAnswer: { data: { order_id: 'order_1', client_order_id: orderToSend.clientOrderId } },
};

export const moving: Endpoint = {
  method: 'sendTransfer',
  call: async (client) =>
    client.sendTransfer(
      await client.prepareTransfer({ transferId: 'transfer-of-ours', instrumentId: 'i', quantity: 3n }),
    ),
  rightAnswer: { data: transferRow },
};

export const cancelling: Endpoint = {
  method: 'cancelOrder',
  call: (client) => client.cancelOrder('order_1'),
  rightAnswer: { data: { order_id: 'order_1', status: 'cancelled' } },
};

/** What does not call the exchange. */
export const withoutEndpoint: readonly (keyof ExchangeClient)[] = [
  'prepareOrder',
  'prepareTransfer',
  'health',
];
