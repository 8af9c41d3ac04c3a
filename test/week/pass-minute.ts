import { firstMoment, msPerMinute } from '../../local/backtest/calendar.ts';
import { stepsToUnits } from '../../local/backtest/policies/notation.ts';
import type { Administration } from '../../local/exchange/admin/administration.ts';
import type { LocalService } from '../../local/service/start-local-service.ts';
import type { Application } from './applications.ts';
import { passMarketMinute } from './market-minute.ts';

/** A stack that is driven through simulated minutes. */
export interface DrivenStack {
  readonly service: LocalService;
  /** What the stack takes for the time, ms since the epoch. */
  readonly time: { now: number };
  readonly applications: readonly Application[];
  /** 1 at the minutes whose review does not happen. */
  readonly isLost: Uint8Array;
  /** How late the schedule fires in each minute, ms. */
  readonly lateness: Int32Array;
}

/** A review that should have happened did not. */
class ReviewError extends Error {
  override readonly name = 'ReviewError';
}

/**
 * Passes a minute as the backtest does: lots expire, the book fills what rests, the deployed function reviews, and the
 * applications use what they need.
 *
 * @returns the applications that were refused something
 * @throws ReviewError
 */
export async function passMinute(stack: DrivenStack, minute: number): Promise<readonly Application[]> {
  const { service, applications } = stack;
  const { admin } = service.exchange;
  const scheduled = firstMoment + minute * msPerMinute;
  moveTime(stack, scheduled);
  for (const { instrument, book } of applications) passMarketMinute(admin, instrument, book, minute);
  moveTime(stack, scheduled + (stack.lateness[minute] ?? 0));
  if (stack.isLost[minute] !== 1) await review(service, scheduled);
  return applications.filter((application) => isRefused(admin, application, minute));
}

function moveTime({ service: { exchange }, time }: DrivenStack, now: number): void {
  exchange.admin.setClock({ advanceSeconds: (now - time.now) / 1000 });
  time.now = now;
}

async function review({ stack }: LocalService, scheduled: number): Promise<void> {
  const at = new Date(scheduled);
  const result = await stack.fireSchedule(undefined, at);
  if (!result.ok) throw new ReviewError(`${at.toISOString()}: ${JSON.stringify(result.error)}`);
}

/** Lets an application use what it needs in a minute. Returns whether anything of it was not there. */
function isRefused(admin: Administration, { instrument, demand }: Application, minute: number): boolean {
  const wanted = demand.steps[minute] ?? 0;
  if (wanted === 0) return false;
  const before = admin.units()[instrument]?.unmet;
  const after = admin.consumeUnits({ instrument, units: stepsToUnits(wanted) })[instrument]?.unmet;
  return after !== before;
}
