import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { openBalanceCheck } from '../../shared/composition/balance-check.ts';
import { lambdaEndsIt } from '../../shared/composition/deadline.ts';
import { checkView } from '../../shared/http/check-view.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';

const eventSchema = v.object({
  scheduleArn: v.pipe(v.string(), v.minLength(1)),
  scheduledTime: v.pipe(v.string(), v.isoTimestamp()),
});

const runCheck = await openBalanceCheck(process.env, {
  log: createLog(process.env),
  emitMetric: createMetricSink(process.env),
});

/** One firing of the schedule: settles open orders, reads balances, tops up. */
export const handler = middy<unknown, object>(undefined, lambdaEndsIt).handler(
  async (event, context: Context) => {
    const { scheduleArn, scheduledTime } = v.parse(eventSchema, event);
    const tick = { scheduleArn, scheduledTime, trigger: 'schedule', refused: new Set<string>() } as const;
    return checkView(await runCheck(tick, context));
  },
);
