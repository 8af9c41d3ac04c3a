import type { ExactJson } from './exact-json.ts';
import { isObject, textField, unwrapData } from './fields.ts';

/** How many orders the account may send. */
export interface AccountLimits {
  readonly ordersPerSecond: number | undefined;
  readonly ordersPerMinute: number | undefined;
}

/** Reads what is stated; limits that are missing are undefined. */
export function parseAccountLimits(json: ExactJson | undefined): AccountLimits {
  const data = unwrapData(json);
  const limits = isObject(data) && isObject(data['order_rate_limits']) ? data['order_rate_limits'] : {};
  const read = (name: string): number | undefined => {
    const text = textField(limits, name);
    return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  return { ordersPerSecond: read('max_orders_per_second'), ordersPerMinute: read('max_orders_per_minute') };
}
