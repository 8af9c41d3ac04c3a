import * as v from 'valibot';
import type { SpendingLimits } from '../ledger/budget.ts';
import { parseDecimal } from '../ledger/decimal.ts';

const hint = 'must be a decimal string in USD such as "50.00"';
const usd = v.pipe(v.string(hint), v.regex(/^(0|[1-9]\d{0,11})(\.\d{1,8})?$/, hint));
const orders = v.pipe(
  v.number('must be a number'),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be at least 0'),
);

/**
 * How much may be bought at most, whoever asks. An administrator's settings can be tighter and never wider. The
 * defaults are small on purpose: raise them knowingly.
 */
export const spendingLimitsSchema = v.strictObject({
  /** USD that one order may cost at most, the fee allowance included. */
  perOrder: v.optional(usd, '50.00'),
  /** USD per UTC day. */
  perDay: v.optional(usd, '200.00'),
  /** USD per UTC month. */
  perMonth: v.optional(usd, '2000.00'),
  /** Orders per hour, by callers and by the schedule together. */
  ordersPerHour: v.optional(orders, 60),
});

export type SpendingLimitsConfiguration = v.InferOutput<typeof spendingLimitsSchema>;

/** Some of these limits, as an administrator sets them. */
export const someSpendingLimitsSchema = v.strictObject({
  perOrder: v.exactOptional(usd),
  perDay: v.exactOptional(usd),
  perMonth: v.exactOptional(usd),
  ordersPerHour: v.exactOptional(orders),
});

/** The limits in exact numbers. */
export function spendingLimitsOf(settings: SpendingLimitsConfiguration): SpendingLimits {
  return {
    perOrder: parseDecimal(settings.perOrder) ?? 0n,
    perDay: parseDecimal(settings.perDay) ?? 0n,
    perMonth: parseDecimal(settings.perMonth) ?? 0n,
    ordersPerHour: BigInt(settings.ordersPerHour),
  };
}
