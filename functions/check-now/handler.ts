import { openBalanceCheck } from '../../shared/composition/balance-check.ts';
import { openWakeUpGate } from '../../shared/composition/top-up-records.ts';
import { readBuyingSettings, readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler, bodyOf } from '../../shared/http/api-handler.ts';
import { checkAnswer } from '../../shared/http/check-answer.ts';
import { parseCheckRequest } from '../../shared/http/check-request.ts';
import { visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { wakeUp } from '../../shared/top-up/wake-up.ts';

const log = createLog(process.env);
const { instruments } = readBuyingSettings(process.env);
const readers = readReaders(process.env);
const gate = openWakeUpGate(process.env);
const runCheck = await openBalanceCheck(process.env, { log, emitMetric: createMetricSink(process.env) });

/** `POST /checks`: checks the balances now, for an application that was refused for want of Units. */
export const handler = apiHandler(log, async (event, context) => {
  const { refused } = parseCheckRequest(bodyOf(event), instruments);
  const result = await wakeUp({ gate, clock: systemClock, log }, (tick) =>
    runCheck({ ...tick, refused }, context),
  );
  return checkAnswer(result, visibilityTo(event.requestContext.authorizer.iam, readers));
});
