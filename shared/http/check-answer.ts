import type { BalanceCheck } from '../top-up/check-balances.ts';
import type { WakeUpResult } from '../top-up/wake-up.ts';
import { checkView } from './check-view.ts';
import { isoTime } from './iso-time.ts';
import { type HttpAnswer, jsonAnswer } from './problem.ts';
import type { Visibility } from './visibility.ts';

/**
 * The answer to `POST /checks`: 200 with what was done, 202 where another check has just begun. Of orders that a check has
 * settled a caller is told those that it may see.
 */
export function checkAnswer(result: WakeUpResult<BalanceCheck>, visibility: Visibility): HttpAnswer {
  const startedAt = isoTime(result.startedAt);
  switch (result.kind) {
    case 'checked': {
      const movedOrders = result.check.movedOrders.filter((order) => visibility.shows(order));
      return jsonAnswer(200, { running: false, startedAt, ...checkView({ ...result.check, movedOrders }) });
    }
    case 'running':
      return jsonAnswer(
        202,
        { running: true, startedAt },
        { 'retry-after': String(Math.max(1, Math.ceil(result.retryAfterMs / 1_000))) },
      );
  }
}
