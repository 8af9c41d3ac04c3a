import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type LoopbackServer, listenOnLoopback } from '../../local/emulators/loopback/listen.ts';
import { readBody } from '../../local/emulators/loopback/read-body.ts';

/** An exchange that answers at once and checks nothing: what it is asked is measured, not what it does. */
export interface QuickExchange {
  readonly url: string;
  /** Instruments as a stage configures them, all of them known here. */
  readonly instruments: readonly { readonly symbol: string; readonly marketId: string }[];
  close(): Promise<void>;
}

const prefix = '/api/v1/trading/';
const pageSize = 100;
const bodyLimitBytes = 10_000;
const orderSchema = v.object({
  client_order_id: v.string(),
  market_id: v.string(),
  quantity: v.union([v.number(), v.string()]),
  price: v.string(),
});

/** @param instrumentCount how many instruments there are, each with its market and plenty of Units */
export async function startQuickExchange(instrumentCount: number): Promise<QuickExchange> {
  const instruments = Array.from({ length: instrumentCount }, (_, index) => ({
    // The first is the one that the events name.
    symbol: index === 0 ? 'chat-prime' : `instrument-${index}`,
    marketId: index === 0 ? 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c' : `market_${index}`,
    instrumentId: `instrument_${index}`,
  }));
  const orders: object[] = [];
  const answers = new Map<string, (page: number) => unknown>([
    ['consumption-accounts', () => whole(instruments.map(consumptionAccount))],
    ['trading-accounts', () => whole([])],
    ['currency-trading-accounts', () => whole([currencyAccount])],
    ['orders', (page) => pageOf(orders.toReversed(), page)],
  ]);
  for (const { marketId, instrumentId } of instruments) {
    answers.set(`markets/${marketId}`, () => ({ data: market(marketId, instrumentId) }));
    answers.set(`markets/${marketId}/orderbook`, () => ({ data: book(marketId) }));
  }
  const server: LoopbackServer = await listenOnLoopback(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const resource = url.pathname.replace(prefix, '');
    if (request.method === 'POST' && resource === 'orders') {
      const body = (await readBody(request, bodyLimitBytes))?.toString() ?? '';
      const order = restingOrder(v.parse(orderSchema, JSON.parse(body)));
      orders.push(order);
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ data: order }));
      return;
    }
    const answer = answers.get(resource)?.(Number(url.searchParams.get('next') ?? 0));
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { error: { code: 'not_found', message: resource } }));
  });
  return { url: server.url, instruments, close: () => server.close() };
}

function whole(data: readonly object[]) {
  return { data, paging: { next_cursor: null, has_more: false } };
}

function pageOf(rows: readonly object[], page: number) {
  const data = rows.slice(page * pageSize, (page + 1) * pageSize);
  const hasMore = rows.length > (page + 1) * pageSize;
  return { data, paging: { next_cursor: hasMore ? String(page + 1) : null, has_more: hasMore } };
}

function restingOrder({ client_order_id, market_id, quantity, price }: v.InferOutput<typeof orderSchema>) {
  return {
    order_id: `order_${randomUUID()}`,
    client_order_id,
    market_id,
    side: 'buy',
    type: 'limit',
    quantity: Number(quantity),
    filled_quantity: 0,
    price,
    average_price: null,
    status: 'active',
    closure_reason: null,
    time_in_force: 'gtc',
    submitted_at: new Date().toISOString(),
  };
}

function consumptionAccount({ instrumentId }: { readonly instrumentId: string }) {
  return {
    account_id: `account_${instrumentId}`,
    instrument_id: instrumentId,
    available_balance: '1000',
    total_balance: '1000',
    status: 'active',
  };
}

const currencyAccount = {
  account_id: 'account_usd',
  currency: 'usd',
  total_balance: '1000000.00',
  available_balance: '1000000.00',
  locked_balance: '0.00',
  status: 'active',
};

function market(marketId: string, instrumentId: string) {
  return {
    market_id: marketId,
    market_type: 'spot',
    status: 'active',
    associated_instruments: [instrumentId],
    instruments: [{ instrument_id: instrumentId, instrument_type: 'inference' }],
  };
}

function book(marketId: string) {
  return {
    market_id: marketId,
    timestamp: new Date().toISOString(),
    buy: [],
    sell: [{ price: '2.00', quantity: 1_000_000 }],
  };
}
