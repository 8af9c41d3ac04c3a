import { openOrderReader } from '../../shared/composition/orders.ts';
import { readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { parseOrderQuery } from '../../shared/http/order-query.ts';
import { eventView, orderView } from '../../shared/http/order-view.ts';
import { jsonAnswer, ProblemError } from '../../shared/http/problem.ts';
import { visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { isOrderId } from '../../shared/orders/order-id.ts';

const log = createLog(process.env);
const readers = readReaders(process.env);
const store = openOrderReader(process.env);

/**
 * `GET /orders` lists orders, newest first; `GET /orders/{id}` shows one with its history. Those of others are, for a caller
 * who may not see them, as if they were not there.
 */
export const handler = apiHandler(log, async (event) => {
  const visibility = visibilityTo(event.requestContext.authorizer.iam, readers);
  const orderId = event.pathParameters?.['id'];
  if (orderId === undefined) {
    const query = parseOrderQuery(event.queryStringParameters ?? {});
    const { orders, nextCursor } = await store.list({ ...query, ...visibility.only });
    return jsonAnswer(200, { orders: orders.map(orderView), nextCursor: nextCursor ?? null });
  }
  const order = isOrderId(orderId) ? await store.get(orderId) : undefined;
  if (order === undefined || !visibility.shows(order)) throw new ProblemError('unknown-order');
  const history = await store.history(orderId);
  return jsonAnswer(200, { ...orderView(order), history: history.map(eventView) });
});
