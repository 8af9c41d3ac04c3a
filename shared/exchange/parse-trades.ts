import type { Usd } from '../ledger/decimal.ts';
import {
  amountField,
  type JsonObject,
  textField,
  timeField,
  UnreadableAnswer,
  wholeField,
} from './fields.ts';

/** A fill of one of our orders: the record of what was really paid. */
export interface Trade {
  readonly tradeId: string;
  readonly exchangeOrderId: string | undefined;
  readonly marketId: string | undefined;
  readonly side: string | undefined;
  readonly price: Usd;
  /** Whole Units. */
  readonly quantity: bigint;
  readonly fee: Usd;
  /** ms since the epoch. */
  readonly executedAt: number | undefined;
}

/** @throws UnreadableAnswer if id, price or quantity are missing */
export function parseTrade(row: JsonObject): Trade {
  const tradeId = textField(row, 'trade_id', 'id');
  const price = amountField(row, 'price');
  const quantity = wholeField(row, 'quantity', 'size');
  if (tradeId === undefined || price === undefined || quantity === undefined) {
    throw new UnreadableAnswer('the trade has no id, price or quantity');
  }
  return {
    tradeId,
    exchangeOrderId: textField(row, 'order_id'),
    marketId: textField(row, 'market_id'),
    side: textField(row, 'side')?.toLowerCase(),
    price,
    quantity,
    fee: amountField(row, 'fee') ?? 0n,
    executedAt: timeField(row, 'execution_timestamp', 'timestamp', 'created_at'),
  };
}
