import type { Order } from '../api/answers.ts';
import { requestCheck } from '../commands/check.ts';
import { readOrder } from '../commands/order.ts';
import { Failure } from '../failure.ts';
import type { Target } from '../target/target.ts';
import { pause } from '../wait.ts';

const lookEveryMs = 1_000;
const unclearStates: ReadonlySet<string> = new Set(['PENDING', 'SUBMITTED', 'UNKNOWN', 'ABANDONED']);
const overStates: ReadonlySet<string> = new Set(['FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'ABANDONED']);

/** Whether nobody knows what became of the order. */
export function isUnclear({ state }: Pick<Order, 'state'>): boolean {
  return unclearStates.has(state);
}

/**
 * Waits until something is known of an order: it is over, or it rests in the book after a check has looked. It asks for a
 * check, because only those record fills.
 *
 * @returns the order as it was seen last
 */
export async function untilKnown(
  target: Target,
  placed: Order,
  longestMs: number,
  interrupted: AbortSignal,
): Promise<Order> {
  const deadline = performance.now() + longestMs;
  let order = placed;
  while (!overStates.has(order.state) && performance.now() < deadline && !interrupted.aborted) {
    const wait = await checked(target);
    order = await readOrder(target, order.id);
    if (wait === undefined && !isUnclear(order)) break;
    const left = deadline - performance.now();
    if (!overStates.has(order.state))
      await pause(Math.max(0, Math.min(wait ?? lookEveryMs, left)), interrupted);
  }
  return order;
}

/**
 * Has a check made.
 *
 * @returns how long to wait before the next try, ms; undefined if a check was done now
 */
async function checked(target: Target): Promise<number | undefined> {
  try {
    const { body, headers } = await requestCheck(target);
    return body.running ? Math.max(lookEveryMs, Number(headers.get('retry-after') ?? 1) * 1_000) : undefined;
  } catch (error) {
    // The schedule checks too.
    if (error instanceof Failure) return lookEveryMs;
    throw error;
  }
}
