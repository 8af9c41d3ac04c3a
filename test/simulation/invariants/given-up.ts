import type { Order } from '../../../shared/orders/order.ts';

/** Whether only an audit looks for the order any more. */
export function isGivenUp(record: Order): boolean {
  const isRefused = record.state === 'REJECTED' && record.confirmed;
  return record.exchangeOrderId === undefined && (record.state === 'ABANDONED' || isRefused);
}
