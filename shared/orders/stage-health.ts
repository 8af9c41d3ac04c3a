import type { Budget } from '../ledger/budget.ts';
import type { Clock } from '../time/clock.ts';
import { type BudgetPorts, readBudgetsInForce } from './budgets-in-force.ts';
import type { Order } from './order.ts';
import { mostUnfinished } from './settle-orders.ts';
import type { OrderStore } from './store-port.ts';

/** What looking at the stage's health needs. */
export interface StageHealthPorts extends BudgetPorts {
  readonly store: Pick<OrderStore, 'unfinished'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a person should know of a stage even when no check fails. */
export interface StageHealth {
  readonly isBreakerOpen: boolean;
  /** Orders that were sent, or perhaps sent, more than 15 minutes ago, and of which nobody knows what became. */
  readonly unclearOrders: number;
  /** The budgets of this day and this month, under the caps in force. */
  readonly budgets: { readonly day: Budget; readonly month: Budget };
}

/** A check settles an unclear order within 7 minutes or so: one this old is stuck. */
const unclearAfterMs = 15 * 60_000;

/**
 * Looks at what no single check shows: the breaker, orders that stay unclear, and how much of the budgets is used.
 *
 * @throws StoreUnavailableError
 */
export async function readStageHealth(ports: StageHealthPorts): Promise<StageHealth> {
  const now = ports.clock.now();
  const [{ control, day, month }, { orders }] = await Promise.all([
    readBudgetsInForce(ports, now),
    ports.store.unfinished(mostUnfinished),
  ]);
  return {
    isBreakerOpen: control.breaker !== undefined,
    unclearOrders: orders.filter((order) => isUnclear(order, now)).length,
    budgets: { day, month },
  };
}

function isUnclear({ state, createdAt }: Order, now: number): boolean {
  return (state === 'SUBMITTED' || state === 'UNKNOWN') && now - createdAt > unclearAfterMs;
}
