import { formatDecimal } from '../../../shared/ledger/decimal.ts';
import type { BuyingLimits } from '../../../shared/orders/buying-limits.ts';
import type { ExchangeOrder, OrderBook, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { ExchangeTransfer, TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { canary } from '../invariants/canary.ts';
import type { Random } from '../kernel/random.ts';
import { outOfUnits } from './exchange.ts';
import type { ExchangeAnswer } from './posts.ts';

/** The words of the exchange for what it makes of an order. */
const statusWords: Readonly<Record<ExchangeOrder['status'], string>> = {
  live: 'open',
  filled: 'filled',
  cancelled: 'cancelled',
  expired: 'expired',
  rejected: 'rejected',
  unknown: 'under_review',
};

export function json(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpResult {
  return { kind: 'answer', status, headers, body: JSON.stringify(body) };
}

/** What a proxy says in the exchange's place. */
export function html(status: number): HttpResult {
  return { kind: 'answer', status, headers: {}, body: `<html><body>${canary}</body></html>` };
}

export function noAnswer(code: string): HttpResult {
  return { kind: 'no-answer', code };
}

/** An error answer. Its text echoes what must not be logged. */
export function failure(status: number, code: string): HttpResult {
  return json(status, { error: { code, message: canary } });
}

/** A refusal of the signature: it tells the time. */
export function refusal(status: number, code: string, now: number): HttpResult {
  return json(status, { error: { code, message: canary } }, { date: new Date(now).toUTCString() });
}

/** What the exchange answers to a POST. */
export function answerTo(outcome: ExchangeAnswer, acceptance: object, now: number): HttpResult {
  switch (outcome.kind) {
    case 'accepted':
      return json(201, { data: acceptance });
    case 'refused':
      return refusal(outcome.status, outcome.code, now);
    case 'unknown':
      return failure(outcome.status ?? 500, outcome.code);
    case 'not-sent':
      throw new Error('What was not sent is not answered.');
  }
}

/** An answer that says nothing, or something else, although what was asked for may have happened. */
export function spoiltAnswer(random: Random, acceptance: object): HttpResult {
  const body = JSON.stringify({ data: acceptance });
  return random.pick<HttpResult>([
    { kind: 'answer', status: 201, headers: {}, body: body.slice(0, Math.ceil(body.length / 2)) },
    json(201, {}),
    html(200),
    html(502),
    // The code of a refusal, under a status that refuses nothing.
    failure(503, 'RATE_LIMITED'),
    noAnswer('ECONNRESET'),
  ]);
}

/** What an order is accepted with. */
export function orderAcceptance(outcome: PlacementOutcome, clientOrderId: string): object {
  const orderId = outcome.kind === 'accepted' ? outcome.exchangeOrderId : 'order_none';
  return { order_id: orderId, client_order_id: clientOrderId, status: 'pending' };
}

/** What a transfer is accepted with. */
export function transferAcceptance(outcome: TransferOutcome): object {
  const id = outcome.kind === 'accepted' ? outcome.exchangeTransferId : 'transfer_none';
  return { transfer_id: id, status: 'pending' };
}

export function transferRow({
  exchangeTransferId,
  instrumentId,
  quantity = 0n,
  createdAt = 0,
}: ExchangeTransfer): object {
  return {
    transfer_id: exchangeTransferId,
    instrument_id: instrumentId,
    quantity: formatDecimal(quantity),
    direction: 'trading_to_consumption',
    status: 'completed',
    created_at: new Date(createdAt).toISOString(),
  };
}

export function orderRow(order: ExchangeOrder): object {
  const amount = (value: bigint | undefined): string | null =>
    value === undefined ? null : formatDecimal(value);
  return {
    order_id: order.exchangeOrderId,
    client_order_id: order.clientOrderId ?? null,
    market_id: order.marketId,
    side: order.side,
    quantity: Number(order.quantity),
    filled_quantity: Number(order.filledQuantity),
    price: amount(order.limitPrice),
    average_price: amount(order.averagePrice),
    fee: amount(order.fee),
    status: order.closureReason === outOfUnits ? 'closed' : statusWords[order.status],
    closure_reason: order.closureReason ?? null,
    submitted_at: order.submittedAt === undefined ? null : new Date(order.submittedAt).toISOString(),
  };
}

/** @param transferredIn all that ever came in; undefined if the account does not count it */
export function accountRow(
  { symbol, instrumentId }: BuyingLimits,
  units: bigint,
  transferredIn: bigint | undefined,
): object {
  const count = transferredIn === undefined ? {} : { total_transfers_in: formatDecimal(transferredIn) };
  return {
    ...count,
    account_id: `account_${symbol}`,
    instrument_id: instrumentId,
    available_balance: formatDecimal(units),
    total_balance: formatDecimal(units),
  };
}

export function bookJson({ asks }: OrderBook): object {
  const levels = asks.map(({ price, quantity }) => ({
    price: formatDecimal(price),
    quantity: formatDecimal(quantity),
  }));
  return { sell: levels, buy: [] };
}
