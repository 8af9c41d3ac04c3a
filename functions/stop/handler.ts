import { openBreaker } from '../../shared/composition/breaker.ts';
import { apiHandler, bodyOf } from '../../shared/http/api-handler.ts';
import { callerOf } from '../../shared/http/caller.ts';
import { jsonAnswer } from '../../shared/http/problem.ts';
import { parseStopReason } from '../../shared/http/stop-request.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';
import { metricNames } from '../../shared/observability/names.ts';

const log = createLog(process.env);
const emitMetric = createMetricSink(process.env);
const breaker = openBreaker(process.env, () => emitMetric(metricNames.breakerOpened, 1));

/**
 * `POST /stop`: opens the breaker. It reads nothing, needs no key, no exchange and no body, so that it works when
 * everything else fails; a body can say why. Orders that rest at the exchange stay there: cancel them one by one.
 */
export const handler = apiHandler(log, async (event) => {
  const { principal } = callerOf(event.requestContext.authorizer.iam);
  const note = parseStopReason(bodyOf(event));
  await breaker.open('stopped-by-caller', principal, note);
  log.warn('breaker-opened', { by: principal, note });
  return jsonAnswer(200, { breaker: 'open', by: principal });
});
