import type { ExchangeTransfer } from '../transfers/exchange-port.ts';
import { amountField, idField, type JsonObject, textField, timeField, UnreadableAnswer } from './fields.ts';

/** Words for a transfer that moved nothing. A word that is not here may mean that it did. */
const failureWords = new Set(['failed', 'rejected', 'cancelled', 'canceled', 'error']);
/** The way back, which the exchange has given up. */
const wayBack = 'consumption_to_trading';

/** Whether a transfer's own word says that nothing was moved. */
export function hasFailed(row: JsonObject): boolean {
  return failureWords.has(textField(row, 'status')?.toLowerCase() ?? '');
}

/**
 * Reads a row of the transfer history.
 *
 * @throws UnreadableAnswer if it has no id, or a quantity that is no amount
 */
export function parseTransfer(row: JsonObject): ExchangeTransfer {
  const exchangeTransferId = idField(row, 'transfer_id', 'id');
  if (exchangeTransferId === undefined) throw new UnreadableAnswer('the transfer has no id');
  const directions = ['direction', 'type', 'transfer_type'].map((name) => textField(row, name));
  return {
    exchangeTransferId,
    instrumentId: textField(row, 'instrument_id'),
    quantity: amountField(row, 'quantity', 'amount'),
    createdAt: timeField(row, 'created_at', 'transferred_at', 'inserted_at', 'timestamp'),
    mayHaveMoved: !hasFailed(row) && !directions.includes(wayBack),
  };
}
