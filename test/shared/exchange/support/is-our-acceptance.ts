import { orderToSend } from './endpoints.ts';

/**
 * Whether an answer accepts the order of these tests, read with none of the client's code: a good status, JSON, an id
 * of the exchange's kind, and our own client order id or none.
 */
export function isOurAcceptance(status: number, body: Buffer): boolean {
  if (![200, 201, 202].includes(status)) return false;
  const json = asObject(parsed(body.toString('utf8')));
  const hasEnvelope = json !== undefined && Object.hasOwn(json, 'data');
  const data = hasEnvelope ? asObject(json['data']) : json;
  if (data === undefined) return false;
  const ids = [own(data, 'order_id'), hasEnvelope ? own(data, 'id') : undefined];
  const clientOrderId = own(data, 'client_order_id') ?? orderToSend.clientOrderId;
  return ids.some(isId) && clientOrderId === orderToSend.clientOrderId;
}

function own(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function isId(value: unknown): boolean {
  return (
    (typeof value === 'number' && value >= 0) ||
    (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(value.trim()))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
