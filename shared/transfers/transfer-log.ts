import type { LogFields } from '../observability/log.ts';
import type { Transfer } from './transfer.ts';

/** What a log line says of a transfer. */
export function transferLogFields(transfer: Transfer): LogFields {
  return {
    transferId: transfer.transferId,
    instrument: transfer.instrument,
    state: transfer.state,
    quantity: transfer.quantity.toString(),
    exchangeTransferId: transfer.exchangeTransferId,
    reason: transfer.reason,
    status: transfer.responseStatus,
  };
}
