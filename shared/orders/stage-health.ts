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
  /** Orders of which it is not known now whether the exchange has them, however short a time ago they were sent. */
  readonly unresolvedOrders: number;
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
  const control = await ports.readControl();
  const [budgets, { orders }] = await Promise.all([
    readBudgetsInForce(ports, control.limits, now),
    ports.store.unfinished(mostUnfinished),
  ]);
  return {
    isBreakerOpen: control.breaker !== undefined,
    unclearOrders: orders.filter((order) => isUnclear(order, now)).length,
    unresolvedOrders: orders.filter((order) => isUnresolved(order, now)).length,
    budgets,
  };
}

/** An order that is being sent right now is no trouble: the answer to a POST is waited for a few seconds. */
const sendingForMs = 60_000;

function isUnresolved({ state, createdAt }: Order, now: number): boolean {
  return state === 'UNKNOWN' || (state === 'SUBMITTED' && now - createdAt > sendingForMs);
}

function isUnclear({ state, createdAt }: Order, now: number): boolean {
  return (state === 'SUBMITTED' || state === 'UNKNOWN') && now - createdAt > unclearAfterMs;
}
