import { deadlineOf } from '../../shared/composition/deadline.ts';
import { openExchange } from '../../shared/composition/exchange-access.ts';
import { openOrderUpdater } from '../../shared/composition/orders.ts';
import { readReaders } from '../../shared/configuration/environment.ts';
import { createCancellationClient } from '../../shared/exchange/cancellation-client.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { orderView } from '../../shared/http/order-view.ts';
import { type HttpAnswer, jsonAnswer, ProblemError, problemAnswer } from '../../shared/http/problem.ts';
import { limitedTo, visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';
import { emitOrderStep } from '../../shared/observability/order-metrics.ts';
import { type CancelOrderResult, cancelOrder } from '../../shared/orders/cancel-order.ts';
import type { CancelOutcome } from '../../shared/orders/exchange-port.ts';
import { isLive } from '../../shared/orders/life-cycle.ts';
import type { Order } from '../../shared/orders/order.ts';
import { isOrderId } from '../../shared/orders/order-id.ts';
import { systemClock } from '../../shared/time/system-clock.ts';

const log = createLog(process.env);
const emitMetric = createMetricSink(process.env);
const readers = readReaders(process.env);
const store = openOrderUpdater(process.env, (before, after) => emitOrderStep(emitMetric, before, after));
const exchangeUntil = await openExchange(process.env, createCancellationClient);

/** `DELETE /orders/{id}`: cancels one order of ours that the caller may see. */
export const handler = apiHandler(log, async (event, context) => {
  const exchange = exchangeUntil(deadlineOf(context));
  const orderId = event.pathParameters?.['id'] ?? '';
  if (!isOrderId(orderId)) throw new ProblemError('unknown-order');
  const visible = limitedTo(visibilityTo(event.requestContext.authorizer.iam, readers), store);
  const result = await cancelOrder({ store: visible, exchange, clock: systemClock, log }, orderId);
  return cancellationAnswer(result);
});

/** 200 when the order is over, 202 while its end has not been seen. */
function cancellationAnswer(result: CancelOrderResult): HttpAnswer {
  switch (result.kind) {
    case 'not-found':
      return problemAnswer('unknown-order');
    case 'not-located':
      return problemAnswer('order-not-located', { order: orderView(result.order), retryAfterSeconds: 60 });
    case 'already-final':
      return result.order.state === 'CANCELLED'
        ? jsonAnswer(200, orderView(result.order))
        : problemAnswer('order-already-final', { order: orderView(result.order) });
    case 'asked':
      return askedAnswer(result.order, result.outcome);
  }
}

/** What was seen of the order counts more than what the exchange said to the request. */
function askedAnswer(order: Order, outcome: CancelOutcome): HttpAnswer {
  if (!isLive(order.state)) return jsonAnswer(200, orderView(order));
  if (outcome.kind !== 'refused') return jsonAnswer(202, orderView(order));
  const code = outcome.status === 429 ? 'exchange-unavailable' : 'exchange-refused-us';
  return problemAnswer(code, { detail: `The exchange said ${outcome.code}.`, order: orderView(order) });
}
