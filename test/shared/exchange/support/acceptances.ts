import { orderToSend } from './endpoints.ts';

/** What may be said of an acceptance, read with none of the client's code. */
type Judge = (data: Readonly<Record<string, unknown>>) => boolean;

/** Whether an answer accepts the order of these tests: with our own client order id, or without one. */
export function acceptsOurOrder(status: number, body: Buffer): boolean {
  return accepts(status, body, 'order_id', (data) => {
    const clientOrderId = data['client_order_id'] ?? orderToSend.clientOrderId;
    return clientOrderId === orderToSend.clientOrderId;
  });
}

/** Whether an answer accepts a transfer: it must not say in the same breath that it has failed. */
export function acceptsTransfer(status: number, body: Buffer): boolean {
  return accepts(status, body, 'transfer_id', (data) => {
    const word = String(data['status']).trim().toLowerCase();
    return !['failed', 'rejected', 'cancelled', 'canceled', 'error'].includes(word);
  });
}

/** A good status, JSON, and an id of the exchange's kind. */
function accepts(status: number, body: Buffer, idName: string, isOurs: Judge): boolean {
  if (![200, 201, 202].includes(status)) return false;
  const json = asObject(parsed(body.toString('utf8')));
  const hasEnvelope = json !== undefined && Object.hasOwn(json, 'data');
  const data = hasEnvelope ? asObject(json['data']) : json;
  if (data === undefined) return false;
  const ids = [data[idName], hasEnvelope ? data['id'] : undefined];
  return ids.some(isId) && isOurs(data);
}

/** With its own properties only, whatever they are called. */
function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function isId(value: unknown): boolean {
  if (typeof value === 'number') return value >= 0;
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(value.trim());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
