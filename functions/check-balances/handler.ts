import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { openBalanceCheck } from '../../shared/composition/balance-check.ts';
import { lambdaEndsIt } from '../../shared/composition/deadline.ts';
import { checkView } from '../../shared/http/check-view.ts';
import { bareError } from '../../shared/observability/bare-error.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { createMetricSink } from '../../shared/observability/metric-sink.ts';

const eventSchema = v.object({
  scheduleArn: v.pipe(v.string(), v.minLength(1)),
  scheduledTime: v.pipe(v.string(), v.isoTimestamp()),
  everyMinutes: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
});

const runCheck = await openBalanceCheck(process.env, {
  log: createLog(process.env),
  emitMetric: createMetricSink(process.env),
});

/** Says how it is asked, and nothing of what was. */
class NotATickError extends Error {
  override readonly name = 'NotATickError';

  constructor() {
    super('The event must be {"scheduleArn": "...", "scheduledTime": "2026-11-23T10:00:00Z"}.');
  }
}

/** One firing of the schedule: settles open orders, reads balances, tops up. */
export const handler = middy<unknown, object>(undefined, lambdaEndsIt)
  .onError(({ error }) => {
    throw error instanceof NotATickError ? error : bareError(error);
  })
  .handler(async (event, context: Context) => {
    const parsed = v.safeParse(eventSchema, event);
    if (!parsed.success) throw new NotATickError();
    const tick = { ...parsed.output, trigger: 'schedule', refused: new Set<string>() } as const;
    const check = await runCheck(tick, context);
    return { ...checkView(check), audit: check.audit ?? null };
  });
