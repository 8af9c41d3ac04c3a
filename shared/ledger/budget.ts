import type { Usd } from './decimal.ts';

/**
 * What may be spent in a period. Always `available + reserved + spent = cap`; less than nothing is available only
 * after the cap was lowered, or after more was spent than had been reserved, and then nothing is bought.
 */
export interface Budget {
  readonly cap: Usd;
  readonly available: Usd;
  readonly reserved: Usd;
  readonly spent: Usd;
}

/** How much may be bought at most. */
export interface SpendingLimits {
  /** USD that one order may cost at most, the fee allowance included. */
  readonly perOrder: Usd;
  /** USD per UTC day. */
  readonly perDay: Usd;
  /** USD per UTC month. */
  readonly perMonth: Usd;
  readonly ordersPerHour: bigint;
}

/** The money of an order: what it may still cost and what it has cost. */
export interface OrderMoney {
  readonly reserved: Usd;
  readonly spent: Usd;
}

/** How an order's step moves the money of its budgets. */
export interface BudgetChange {
  readonly available: Usd;
  readonly reserved: Usd;
  readonly spent: Usd;
}

/** The UTC day and month of a time (ms since the epoch), by which budgets are kept: `2026-11-23`, `2026-11`. */
export function budgetPeriodsAt(now: number): { readonly day: string; readonly month: string } {
  const date = new Date(now).toISOString();
  return { day: date.slice(0, 10), month: date.slice(0, 7) };
}

export function newBudget(cap: Usd): Budget {
  return { cap, available: cap, reserved: 0n, spent: 0n };
}

/** The change that takes an order's money from one version to the next. */
export function changeBetween(before: OrderMoney, after: OrderMoney): BudgetChange {
  const reserved = after.reserved - before.reserved;
  const spent = after.spent - before.spent;
  return { available: -(reserved + spent), reserved, spent };
}

export function isNoChange(change: BudgetChange): boolean {
  return change.available === 0n && change.reserved === 0n && change.spent === 0n;
}

export function applyChange(budget: Budget, change: BudgetChange): Budget {
  return {
    cap: budget.cap,
    available: budget.available + change.available,
    reserved: budget.reserved + change.reserved,
    spent: budget.spent + change.spent,
  };
}

/** The same budget under another cap; what is reserved and spent stays. */
export function withCap(budget: Budget, cap: Usd): Budget {
  return { ...budget, cap, available: budget.available + cap - budget.cap };
}
