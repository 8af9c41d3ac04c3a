import { isOrderId } from '../orders/order-id.ts';
import { InvalidCursorError } from '../orders/store-port.ts';

/** A place in the list of orders: just behind this order. */
export interface ListPosition {
  readonly orderId: string;
  /** ms since the epoch. */
  readonly createdAt: number;
}

/** The position as an opaque text for callers. */
export function writeCursor(position: ListPosition): string {
  return Buffer.from(`${position.createdAt}:${position.orderId}`, 'utf8').toString('base64url');
}

/** @throws InvalidCursorError if we did not write it */
export function readCursor(cursor: string): ListPosition {
  const [createdAt = '', orderId = '', ...rest] = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .split(':');
  if (!/^\d{1,15}$/.test(createdAt) || !isOrderId(orderId) || rest.length > 0) throw new InvalidCursorError();
  return { createdAt: Number(createdAt), orderId };
}
