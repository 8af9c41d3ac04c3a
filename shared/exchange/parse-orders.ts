import type { ExchangeOrder, ExchangeOrderStatus } from '../orders/exchange-port.ts';
import {
  amountField,
  idField,
  type JsonObject,
  textField,
  timeField,
  UnreadableAnswer,
  wholeField,
} from './fields.ts';

/** The exchange's words, all spellings seen. A word that is not here may still fill: it is `unknown`. */
const statusWords: ReadonlyMap<string, ExchangeOrderStatus> = new Map([
  ['pending', 'live'],
  ['active', 'live'],
  ['open', 'live'],
  ['partially_filled', 'live'],
  ['cancellation_pending', 'live'],
  ['filled', 'filled'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['closed', 'cancelled'],
  ['rejected', 'rejected'],
  ['expired', 'expired'],
]);

/**
 * Reads an order in any of its forms (`order_id` or `id`, `quantity`, `size` or `original_quantity`, ...). What
 * was filled decides over the word: a `closed` order may be complete, a `cancelled` one partly filled.
 *
 * @throws UnreadableAnswer if it has no id, or its filled quantity cannot be read
 */
export function parseOrder(row: JsonObject): ExchangeOrder {
  const exchangeOrderId = idField(row, 'order_id', 'id');
  if (exchangeOrderId === undefined) throw new UnreadableAnswer('the order has no id');
  const quantity = wholeField(row, 'quantity', 'size', 'original_quantity');
  const filledQuantity = wholeField(row, 'filled_quantity') ?? filledByRemainder(row, quantity);
  const status = statusOf(row) ?? 'unknown';
  const isComplete = quantity !== undefined && quantity > 0n && filledQuantity >= quantity;
  return {
    exchangeOrderId,
    clientOrderId: textField(row, 'client_order_id'),
    marketId: textField(row, 'market_id'),
    side: textField(row, 'side')?.toLowerCase(),
    quantity,
    filledQuantity,
    limitPrice: amountField(row, 'price'),
    averagePrice: amountField(row, 'average_price', 'average_fill_price'),
    fee: amountField(row, 'fee'),
    status: isComplete ? 'filled' : status,
    closureReason: reasonIn(row),
    submittedAt: timeField(row, 'submitted_at', 'created_at'),
  };
}

/** Whether the order's status is one of the words that are known. */
export function isStatusKnown(row: JsonObject): boolean {
  return statusOf(row) !== undefined;
}

function statusOf(row: JsonObject): ExchangeOrderStatus | undefined {
  return statusWords.get(textField(row, 'status')?.toLowerCase() ?? '');
}

function filledByRemainder(row: JsonObject, quantity: bigint | undefined): bigint {
  const remaining = wholeField(row, 'remaining_quantity');
  if (quantity === undefined || remaining === undefined || remaining > quantity) {
    throw new UnreadableAnswer('the order has no filled_quantity');
  }
  return quantity - remaining;
}

/** A code, or that there was something else: free text is not kept, it may hold anything. */
function reasonIn(row: JsonObject): string | undefined {
  const text = textField(row, 'closure_reason');
  return text === undefined || /^[A-Za-z][A-Za-z0-9_]{1,63}$/.test(text) ? text : 'closed-by-exchange';
}
