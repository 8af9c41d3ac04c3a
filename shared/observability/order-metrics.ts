import type { Order, OrderState } from '../orders/order.ts';
import { forDisplay, type MetricSink } from './metric-sink.ts';
import { metricNames } from './names.ts';

/** What an order can come to, in a caller's words. An unclear one is counted again when it is known what became of it. */
export const orderOutcomes = ['filled', 'cancelled', 'expired', 'rejected', 'unclear', 'abandoned'] as const;

const outcomeByState: Readonly<Partial<Record<OrderState, (typeof orderOutcomes)[number]>>> = {
  FILLED: 'filled',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
  REJECTED: 'rejected',
  UNKNOWN: 'unclear',
  ABANDONED: 'abandoned',
};

/** A step of an order that was written: what the order came to, and what was paid for the Units that it brought. */
export function emitOrderStep(emit: MetricSink, before: Order, after: Order): void {
  const outcome = outcomeByState[after.state];
  if (outcome !== undefined && after.state !== before.state) emit(metricNames.orderOutcome, 1, { outcome });
  const bought = after.filledQuantity - before.filledQuantity;
  if (bought <= 0n) return;
  const { instrument } = after;
  emit(metricNames.pricePaid, forDisplay((after.spent - before.spent) / bought), { instrument });
}
