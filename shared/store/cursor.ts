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
  const match = /^(\d{1,15}):(g1[a-z]-[a-z2-7]{26})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [, createdAt, orderId] = match ?? [];
  if (createdAt === undefined || orderId === undefined) throw new InvalidCursorError();
  return { createdAt: Number(createdAt), orderId };
}
