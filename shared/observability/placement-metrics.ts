import type { OrderState } from '../orders/order.ts';
import type { PlaceOrderResult } from '../orders/place-order.ts';
import type { MetricSink } from './metric-sink.ts';
import { metricNames } from './names.ts';

/** What came of placing an order; a repetition under a used key is no second order. */
export function emitPlacement(emit: MetricSink, result: PlaceOrderResult): void {
  if (result.kind === 'placed') emitPlacedOrder(emit, result.order.state);
  else emit(metricNames.orderPlaced, 1, { outcome: result.kind });
}

/** An order that was placed, by the state in which that ended. */
export function emitPlacedOrder(emit: MetricSink, state: OrderState): void {
  emit(metricNames.orderPlaced, 1, { outcome: state });
  emit(metricNames.orderRefused, state === 'REJECTED' ? 1 : 0);
}
