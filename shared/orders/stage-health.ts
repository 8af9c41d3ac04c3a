import { type Budget, budgetPeriodsAt, newBudget, withCap } from '../ledger/budget.ts';
import type { Usd } from '../ledger/decimal.ts';
import type { Clock } from '../time/clock.ts';
import type { ControlState } from './control-port.ts';
import type { Order } from './order.ts';
import { mostUnfinished } from './settle-orders.ts';
import type { OrderStore } from './store-port.ts';

/** What looking at the stage's health needs. */
export interface StageHealthPorts {
  readonly store: Pick<OrderStore, 'unfinished'>;
  /** Mode, breaker and limits as they are now. */
  readonly readControl: () => Promise<ControlState>;
  /** The budget of a UTC day or month such as `2026-11-23` or `2026-11`; undefined while nothing was ordered in it. */
  readonly readBudget: (period: string) => Promise<Budget | undefined>;
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
  const { day, month } = budgetPeriodsAt(now);
  const [control, ofDay, ofMonth, { orders }] = await Promise.all([
    ports.readControl(),
    ports.readBudget(day),
    ports.readBudget(month),
    ports.store.unfinished(mostUnfinished),
  ]);
  return {
    isBreakerOpen: control.breaker !== undefined,
    unclearOrders: orders.filter((order) => isUnclear(order, now)).length,
    budgets: {
      day: underCap(ofDay, control.limits.perDay),
      month: underCap(ofMonth, control.limits.perMonth),
    },
  };
}

function isUnclear({ state, createdAt }: Order, now: number): boolean {
  return (state === 'SUBMITTED' || state === 'UNKNOWN') && now - createdAt > unclearAfterMs;
}

/** A budget keeps the cap of its last order; the one in force may be another by now. */
function underCap(budget: Budget | undefined, cap: Usd): Budget {
  return withCap(budget ?? newBudget(cap), cap);
}
