import { type Budget, budgetPeriodsAt, newBudget, type SpendingLimits, withCap } from '../ledger/budget.ts';
import { minimum, type Usd } from '../ledger/decimal.ts';
import type { ControlState } from './control-port.ts';

/** What reading budgets needs. */
export interface BudgetPorts {
  /** Mode, breaker and limits as they are now. */
  readonly readControl: () => Promise<ControlState>;
  /** The budget of a UTC day or month such as `2026-11-23` or `2026-11`; undefined while nothing was ordered in it. */
  readonly readBudget: (period: string) => Promise<Budget | undefined>;
}

/** The budgets of this day and this month, under the caps in force. */
export interface BudgetsInForce {
  readonly day: Budget;
  readonly month: Budget;
}

/**
 * @param limits those in force
 * @throws StoreUnavailableError
 */
export async function readBudgetsInForce(
  ports: Pick<BudgetPorts, 'readBudget'>,
  { perDay, perMonth }: SpendingLimits,
  now: number,
): Promise<BudgetsInForce> {
  const { day, month } = budgetPeriodsAt(now);
  const [ofDay, ofMonth] = await Promise.all([ports.readBudget(day), ports.readBudget(month)]);
  return { day: underCap(ofDay, perDay), month: underCap(ofMonth, perMonth) };
}

/** USD that one order can reserve now: what is left of day and month, and no more than an order may cost. */
export function leftForOneOrder(
  { day, month }: BudgetsInForce,
  { perOrder }: Pick<SpendingLimits, 'perOrder'>,
): Usd {
  return minimum(perOrder, minimum(day.available, month.available));
}

/** A budget keeps the cap of its last order; the one in force may be another by now. */
function underCap(budget: Budget | undefined, cap: Usd): Budget {
  return withCap(budget ?? newBudget(cap), cap);
}
