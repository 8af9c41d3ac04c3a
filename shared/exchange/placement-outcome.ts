import type { PlacementOutcome } from '../orders/exchange-port.ts';
import type { HttpResult } from '../transport/transport.ts';
import { idField, isObject } from './fields.ts';
import { type Acceptance, classifyPost } from './post-outcome.ts';

/** What the result of sending an order means: an acceptance is one only with our own client order id. */
export function classifyPlacement(result: HttpResult, clientOrderId: string): PlacementOutcome {
  return classifyPost(result, (acceptance) => acceptedOrder(acceptance, clientOrderId));
}

function acceptedOrder(
  { data, isInEnvelope }: Acceptance,
  clientOrderId: string,
): { kind: 'accepted'; exchangeOrderId: string } | string {
  if (!isObject(data)) return 'acceptance-unreadable';
  // Outside the envelope an `id` may be anything, for example the request's.
  const exchangeOrderId = idField(data, 'order_id') ?? (isInEnvelope ? idField(data, 'id') : undefined);
  if (exchangeOrderId === undefined) return 'acceptance-without-id';
  if ((data['client_order_id'] ?? clientOrderId) !== clientOrderId) return 'acceptance-of-another-order';
  return { kind: 'accepted', exchangeOrderId };
}
