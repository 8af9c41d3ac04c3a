import { randomUUID } from 'node:crypto';
import { deadlineOf } from '../../shared/composition/deadline.ts';
import { openExchange } from '../../shared/composition/exchange-access.ts';
import { openOrderPlacement } from '../../shared/composition/orders.ts';
import { buyingLimitsOf } from '../../shared/configuration/buying-limits.ts';
import { readBuyableSettings, readExchangeSettings } from '../../shared/configuration/environment.ts';
import { createPlacementClient } from '../../shared/exchange/placement-client.ts';
import { apiHandler, bodyOf } from '../../shared/http/api-handler.ts';
import { callerOf } from '../../shared/http/caller.ts';
import { parseOrderRequest } from '../../shared/http/order-request.ts';
import { placementAnswer } from '../../shared/http/placement-answer.ts';
import { parseFlatObject } from '../../shared/http/strict-json.ts';
import { emitPosts } from '../../shared/observability/exchange-metrics.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';
import { emitOrderStep } from '../../shared/observability/order-metrics.ts';
import { emitPlacement } from '../../shared/observability/placement-metrics.ts';
import { apiOrderId, payloadFingerprint } from '../../shared/orders/order-id.ts';
import { placeCallersOrder } from '../../shared/orders/place-callers-order.ts';
import { buyableInForce } from '../../shared/settings/in-force.ts';
import type { Settings } from '../../shared/settings/settings.ts';
import { systemClock } from '../../shared/time/system-clock.ts';

const log = createLog(process.env);
const emitMetric = createMetricSink(process.env);
const { stage, instruments } = readBuyableSettings(process.env);
const { dialect } = readExchangeSettings(process.env);
const buyableUnder = (settings?: Settings) =>
  instruments.map((instrument) => buyingLimitsOf(buyableInForce(instrument, settings)));
/** Requests are checked against what is deployed, and decided by what is in force. */
const buyable = buyableUnder();
const [placement, exchangeUntil] = await Promise.all([
  openOrderPlacement(process.env, (before, after) => emitOrderStep(emitMetric, before, after)),
  openExchange(process.env, createPlacementClient, emitPosts(emitMetric)),
]);

/** `POST /orders`: buys once per Idempotency-Key. */
export const handler = apiHandler(log, async (event, context) => {
  const caller = callerOf(event.requestContext.authorizer.iam);
  const body = parseFlatObject(bodyOf(event));
  const deadline = deadlineOf(context);
  const request = parseOrderRequest(event.headers['idempotency-key'], body, buyable);
  const { idempotencyKey, limits, quantity, limitPrice, timeInForce } = request;
  const wish = {
    orderId: apiOrderId({ stage, ...caller, idempotencyKey }),
    payloadFingerprint: payloadFingerprint({
      marketId: limits.marketId,
      quantity: quantity.toString(),
      limitPrice: limitPrice?.toString(),
      timeInForce,
    }),
    source: 'api',
    principal: caller.principal,
    quantity,
    limitPrice,
    timeInForce,
  } as const;
  const result = await placeCallersOrder(
    {
      ...placement,
      exchange: exchangeUntil(deadline),
      clientOrderIdsAreShown: dialect.showsClientOrderIds,
      clock: systemClock,
      deadline,
      nonce: randomUUID,
      log,
    },
    (control) => {
      const inForce = buyableUnder(control.stored.settings).find(({ symbol }) => symbol === limits.symbol);
      return { ...wish, control, limits: inForce ?? limits };
    },
  );
  emitPlacement(emitMetric, result);
  return placementAnswer(result);
});
