import { parseDecimal } from '../../../shared/ledger/decimal.ts';
import type { PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { TimeInForce } from '../../../shared/orders/order.ts';
import type { HttpRequest, HttpResult, Transport } from '../../../shared/transport/transport.ts';
import { marketOf } from '../world/scenario.ts';
import { signatureWindowMs } from './exchange.ts';
import type { OrderRequest } from './exchange-order.ts';
import { countShown } from './holdings.ts';
import { asShown, carry, type NetworkTools, shownTime } from './network.ts';
import {
  carryPost,
  type ExchangeAnswer,
  outgoingOrder,
  outgoingTransfer,
  type SendersView,
} from './posts.ts';
import type { TransferRequest } from './transfer-desk.ts';
import {
  accountRow,
  answerTo,
  bookJson,
  failure,
  html,
  json,
  noAnswer,
  orderAcceptance,
  orderRow,
  refusal,
  spoiltAnswer,
  transferAcceptance,
  transferRow,
} from './wire-answers.ts';

export const pathPrefix = '/api/v1/trading';
/** Of any list. */
const spoiltRow = {
  order_id: 'order_spoilt',
  transfer_id: 'transfer_spoilt',
  quantity: 'some',
  status: 'open',
};
const transferTarget = 'transfers/trading-to-consumption';

/** The exchange as its HTTP interface shows it: what the client's own code signs, sends, pages through and parses. */
export function createWire(tools: NetworkTools): Transport {
  return (request) => {
    const { method, target } = request;
    if (!target.startsWith(`${pathPrefix}/`)) throw new Error(`The exchange has no ${target}.`);
    if (method === 'POST') return post(tools, request);
    const [path = '', query = ''] = target.slice(pathPrefix.length + 1).split('?', 2);
    const parts = path.split('/');
    if (method === 'DELETE') return cancel(tools, request, parts[1] ?? '');
    return read(tools, request, () => resource(tools, parts, new URLSearchParams(query)));
  };
}

function post(tools: NetworkTools, request: HttpRequest): Promise<HttpResult> {
  const { timeoutMs } = request;
  const signatureTime = signatureTimeOf(request);
  if (request.target === `${pathPrefix}/${transferTarget}`) {
    const outgoing = outgoingTransfer(tools, transferIn(tools, request), signatureTime, timeoutMs);
    return carryPost(tools, outgoing, viewOf(tools, transferAcceptance));
  }
  const order = orderIn(request);
  const acceptance = (answer: PlacementOutcome): object => orderAcceptance(answer, order.clientOrderId);
  return carryPost(tools, outgoingOrder(tools, order, signatureTime, timeoutMs), viewOf(tools, acceptance));
}

/** What the client sees of what becomes of a POST. */
function viewOf<Answer extends ExchangeAnswer>(
  { random, kernel }: NetworkTools,
  acceptance: (answer: Answer) => object,
): SendersView<Answer, HttpResult> {
  return {
    notSent: () => ({ kind: 'not-sent', code: 'ECONNREFUSED' }),
    lost: () => noAnswer(random.pick(['ECONNRESET', 'timeout'])),
    timedOut: () => noAnswer('timeout'),
    answered: (answer) => answerTo(answer, acceptance(answer), kernel.now()),
    spoilt: (answer) => spoiltAnswer(random, acceptance(answer)),
  };
}

function transferIn({ scenario }: NetworkTools, { body, headers }: HttpRequest): TransferRequest {
  const sent = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as Record<string, unknown>;
  const instrumentId = String(sent['instrument_id']);
  return {
    transferId: String(headers['idempotency-key']),
    instrumentId,
    marketId: marketOf(scenario, instrumentId),
    quantity: BigInt(String(sent['quantity'])),
  };
}

function orderIn({ body }: HttpRequest): OrderRequest {
  const sent = JSON.parse(Buffer.from(body ?? []).toString('utf8')) as Record<string, unknown>;
  if (sent['side'] !== 'buy') throw new Error('That is no order to buy.');
  return {
    clientOrderId: String(sent['client_order_id']),
    marketId: String(sent['market_id']),
    quantity: BigInt(String(sent['quantity'])),
    limitPrice: limitIn(sent),
    timeInForce: String(sent['time_in_force']) as TimeInForce,
  };
}

/** A price belongs to limit orders, and to them only. */
function limitIn({ type, price }: Record<string, unknown>): bigint | undefined {
  if (type === 'market' && price === undefined) return undefined;
  const limit = type === 'limit' ? parseDecimal(String(price)) : undefined;
  if (limit === undefined) throw new Error('That is neither a limit order nor a market order.');
  return limit;
}

function cancel(tools: NetworkTools, request: HttpRequest, id: string): Promise<HttpResult> {
  const { random, faults, exchange } = tools;
  return carry<HttpResult>(tools, 'exchange.cancel', () => {
    if (random.chance(faults.requestLost)) return noAnswer('timeout');
    if (isOutOfDate(tools, request)) return refusal(401, 'EXPIRED_TIMESTAMP', tools.kernel.now());
    if (refusesKey(tools)) return refusal(401, 'AUTH_FAILED', tools.kernel.now());
    const outcome = exchange.cancel(id);
    if (outcome.kind === 'refused') return failure(outcome.status, outcome.code);
    const isClear = outcome.kind === 'requested' && !random.chance(faults.answerSpoilt);
    return isClear ? json(200, { data: { order_id: id } }) : failure(500, 'order_already_final');
  });
}

function read(tools: NetworkTools, request: HttpRequest, look: () => HttpResult): Promise<HttpResult> {
  const { random, faults, kernel } = tools;
  return carry(tools, `exchange.${request.target.split(/[/?]/)[4]}`, () => {
    if (isOutOfDate(tools, request)) return refusal(401, 'EXPIRED_TIMESTAMP', kernel.now());
    if (refusesKey(tools)) return refusal(401, 'AUTH_FAILED', kernel.now());
    if (!random.chance(faults.readFails)) return look();
    return random.pick([noAnswer('timeout'), html(502), html(200), failure(429, 'RATE_LIMITED')]);
  });
}

function resource(tools: NetworkTools, parts: readonly string[], query: URLSearchParams): HttpResult {
  const { exchange, scenario, faults, kernel } = tools;
  const [kind = '', id = '', aspect] = parts;
  switch (kind) {
    case 'orders':
      return id === '' ? listOrders(tools, query) : oneOrder(tools, id);
    case 'markets': {
      const { book, suspendedUntil } = exchange.market(id);
      if (aspect === 'orderbook') return json(200, { data: bookJson(book.shown()) });
      const status = suspendedUntil <= kernel.now() ? 'active' : 'suspended';
      const instruments = scenario.instruments
        .filter(({ limits }) => limits.marketId === id)
        .map(({ limits }) => ({ instrument_id: limits.instrumentId }));
      return json(200, { data: { market_id: id, status, instruments } });
    }
    case 'transfer-histories':
      return listTransfers(tools, query);
    case 'consumption-accounts':
    case 'trading-accounts': {
      const rows = scenario.instruments.map(({ limits }) => {
        const { holdings } = exchange.market(limits.marketId);
        const at = shownTime(tools, faults.balanceLagMs);
        const held = holdings.asOf(at);
        if (kind === 'trading-accounts') return accountRow(limits, held.inTrading, undefined);
        return accountRow(limits, held.usable, countShown(scenario.transferCount, held));
      });
      return json(200, { data: rows, paging: { next_cursor: null, has_more: false } });
    }
    default:
      throw new Error(`The simulated exchange has no ${kind}.`);
  }
}

function oneOrder(tools: NetworkTools, id: string): HttpResult {
  const { exchange, faults } = tools;
  const order = exchange.listed.find((one) => one.terms.exchangeOrderId === id);
  const shown = asShown(tools, order, shownTime(tools, faults.listLagMs));
  return shown === undefined ? failure(404, 'ORDER_NOT_FOUND') : json(200, { data: orderRow(shown) });
}

function listOrders(tools: NetworkTools, query: URLSearchParams): HttpResult {
  const { exchange, faults } = tools;
  const seenAt = shownTime(tools, faults.listLagMs);
  const shown = exchange.listed
    .map((order) => asShown(tools, order, seenAt))
    .filter((order) => order !== undefined);
  return pageOf(tools, query, shown, (order) => order.submittedAt, orderRow);
}

function listTransfers(tools: NetworkTools, query: URLSearchParams): HttpResult {
  const shown = tools.exchange.transfers.shownAsOf(shownTime(tools, tools.faults.listLagMs));
  return pageOf(tools, query, shown, (transfer) => transfer.createdAt, transferRow);
}

/** A page of a list, in the order and by the filters that this exchange honours. Its cursor is a position. */
function pageOf<Row>(
  tools: NetworkTools,
  query: URLSearchParams,
  rows: readonly Row[],
  timeOf: (row: Row) => number | undefined,
  write: (row: Row) => object,
): HttpResult {
  const { faults, random, scenario } = tools;
  const since = scenario.listFilters ? Date.parse(query.get('start_datetime') ?? '') : 0;
  const wanted = rows.filter((row) => (timeOf(row) ?? 0) >= since);
  if (scenario.listOrder === 'descending') wanted.reverse();
  const from = Number(query.get('next') ?? 0);
  const end = from + scenario.pageSize;
  const page = wanted.slice(from, end).map(write);
  if (random.chance(faults.scanIncomplete / 2)) return brokenPage(tools, page, from);
  const more = end < wanted.length;
  return json(200, { data: page, paging: { next_cursor: more ? String(end) : null, has_more: more } });
}

/** More is promised and cannot be had: without a cursor, in a circle, behind an error, or in a row that is spoilt. */
function brokenPage({ random }: NetworkTools, rows: readonly object[], from: number): HttpResult {
  const page = (cursor: string | null, shown: readonly object[]): HttpResult =>
    json(200, { data: shown, paging: { next_cursor: cursor, has_more: true } });
  return random.pick([
    page(null, rows.slice(0, Math.ceil(rows.length / 2))),
    page(String(from), rows),
    failure(503, 'UNAVAILABLE'),
    json(200, { data: [spoiltRow], paging: { has_more: false } }),
  ]);
}

function refusesKey({ exchange, invocation }: NetworkTools): boolean {
  return invocation.sandbox.keyReadAt < exchange.refusesKeysBefore;
}

function isOutOfDate({ kernel }: NetworkTools, request: HttpRequest): boolean {
  return Math.abs(kernel.now() - signatureTimeOf(request)) > signatureWindowMs;
}

function signatureTimeOf({ headers }: HttpRequest): number {
  return Number(headers['x-thegrid-timestamp']) * 1000;
}
