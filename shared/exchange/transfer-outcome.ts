import type { TransferOutcome } from '../transfers/exchange-port.ts';
import type { HttpResult } from '../transport/transport.ts';
import { idField, isObject } from './fields.ts';
import { hasFailed } from './parse-transfers.ts';
import { type Acceptance, classifyPost } from './post-outcome.ts';

/** What the result of sending a transfer means: an acceptance is one only with the exchange's id of the transfer. */
export function classifyTransfer(result: HttpResult): TransferOutcome {
  return classifyPost(result, acceptedTransfer);
}

/** `{"status", "transfer_id"}` or `{"data": {"id", "status", "quantity"}}`. */
function acceptedTransfer({
  data,
  isInEnvelope,
}: Acceptance): { kind: 'accepted'; exchangeTransferId: string } | string {
  if (!isObject(data)) return 'acceptance-unreadable';
  if (hasFailed(data)) return 'acceptance-of-a-failure';
  const exchangeTransferId = idField(data, 'transfer_id') ?? (isInEnvelope ? idField(data, 'id') : undefined);
  return exchangeTransferId === undefined
    ? 'acceptance-without-id'
    : { kind: 'accepted', exchangeTransferId };
}
