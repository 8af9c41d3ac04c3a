import {
  applyChange,
  type Budget,
  type BudgetChange,
  changeBetween,
  isNoChange,
  newBudget,
  type SpendingLimits,
  withCap,
} from '../../shared/ledger/budget.ts';
import { type Breaker, type ControlState, stopReasonOf } from '../../shared/orders/control-port.ts';
import { isFinished } from '../../shared/orders/life-cycle.ts';
import type { Order } from '../../shared/orders/order.ts';
import {
  type CreateOutcome,
  type DecidedBy,
  type FillTotals,
  type OrderEvent,
  type OrderStore,
  StoreUnavailableError,
  type UpdateOutcome,
} from '../../shared/orders/store-port.ts';

export type StoreCall = 'create' | 'update' | 'get' | 'getAll' | 'unfinished';

/** An order store in memory with the same promises as the real one, and faults on demand. */
export interface MemoryOrderStore extends OrderStore {
  readonly orders: ReadonlyMap<string, Order>;
  /** By period: `2026-11-23`, `2026-11`. */
  readonly budgets: ReadonlyMap<string, Budget>;
  /** What the administrator has set, and the breaker. */
  readonly control: { -readonly [Name in keyof ControlState]: ControlState[Name] };
  readonly breaker: Breaker;
  /** The next call of this kind fails, before or after it took effect. */
  failNext(call: StoreCall, when: 'before' | 'after'): void;
  /** Puts an order there, as if it had always been. */
  seed(order: Order): void;
}

/** So much that no test runs into it by accident. */
const plenty: SpendingLimits = {
  perOrder: 10n ** 20n,
  perDay: 10n ** 20n,
  perMonth: 10n ** 20n,
  ordersPerHour: 10_000n,
};

function slotOf({ instrument, purpose }: Order): string {
  return `${instrument} ${purpose ?? 'urgent'}`;
}

function termsOf({ marketId, quantity, limitPrice }: Order): string {
  return `${marketId} ${quantity} ${limitPrice}`;
}

/** What a map has under these keys. */
function entriesOf<Value>(map: ReadonlyMap<string, Value>, keys: readonly string[]): Map<string, Value> {
  return new Map([...map].filter(([key]) => keys.includes(key)));
}

export function createMemoryOrderStore(limits: SpendingLimits = plenty): MemoryOrderStore {
  const control: MemoryOrderStore['control'] = {
    mode: 'LIVE',
    settingsVersion: 1,
    breaker: undefined,
    limits,
  };
  const budgets = new Map<string, Budget>();
  const ordersInHour = new Map<string, bigint>();
  const orders = new Map<string, Order>();
  const events = new Map<string, OrderEvent[]>();
  const slots = new Map<string, string>();
  const terms = new Map<string, { readonly holder: string; readonly until: number }>();
  const exchangeIds = new Map<string, string>();
  const fills = new Map<string, FillTotals>();
  const raisedAlarms = new Set<string>();
  const faults: { call: StoreCall; when: 'before' | 'after' }[] = [];

  async function attempt<T>(call: StoreCall, effect: () => T): Promise<T> {
    const index = faults.findIndex((fault) => fault.call === call);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault?.when === 'before') throw new StoreUnavailableError('injected-before');
    const result = effect();
    if (fault?.when === 'after') throw new StoreUnavailableError('injected-after');
    return result;
  }

  function write(before: Order | undefined, after: Order): void {
    orders.set(after.orderId, after);
    const { version, state: to, reason, updatedAt: at } = after;
    const event = { version, from: before?.state, to, reason, at };
    events.set(after.orderId, [...(events.get(after.orderId) ?? []), event]);
    const slot = slotOf(after);
    if (after.holdsSlot) slots.set(slot, after.orderId);
    else if (slots.get(slot) === after.orderId) slots.delete(slot);
    if (before === undefined && after.holdsTerms) holdTerms(after);
    else if (!after.holdsTerms && terms.get(termsOf(after))?.holder === after.orderId)
      terms.delete(termsOf(after));
    addFills(
      after.instrument,
      after.filledQuantity - (before?.filledQuantity ?? 0n),
      after.spent - (before?.spent ?? 0n),
    );
    if (after.exchangeOrderId !== undefined) exchangeIds.set(after.exchangeOrderId, after.orderId);
  }

  function holdTerms(order: Order): void {
    terms.set(termsOf(order), { holder: order.orderId, until: order.createdAt + 86_400_000 });
  }

  function addFills(instrument: string, quantity: bigint, spent: bigint): void {
    if (quantity === 0n) return;
    const before = fills.get(instrument) ?? { quantity: 0n, spent: 0n };
    fills.set(instrument, { quantity: before.quantity + quantity, spent: before.spent + spent });
  }

  function budgetOf(period: string, cap: bigint): Budget {
    return withCap(budgets.get(period) ?? newBudget(cap), cap);
  }

  function settle(order: Order, change: BudgetChange): void {
    budgets.set(order.budgetDay, applyChange(budgetOf(order.budgetDay, control.limits.perDay), change));
    budgets.set(order.budgetMonth, applyChange(budgetOf(order.budgetMonth, control.limits.perMonth), change));
  }

  function tryCreate(order: Order, { settingsVersion, limits: caps }: DecidedBy): CreateOutcome {
    const existing = orders.get(order.orderId);
    if (existing !== undefined) return { kind: 'exists', order: existing };
    const why = stopReasonOf(control);
    if (why !== undefined) return { kind: 'stopped', why };
    if (settingsVersion !== control.settingsVersion) return { kind: 'settings-changed' };
    if (order.reserved > caps.perOrder) return { kind: 'over-budget', period: 'order' };
    if (order.holdsSlot && slots.has(slotOf(order))) return { kind: 'slot-taken' };
    if (order.holdsTerms && (terms.get(termsOf(order))?.until ?? 0) >= order.createdAt)
      return { kind: 'terms-taken' };
    const hour = new Date(order.createdAt).toISOString().slice(0, 13);
    const made = ordersInHour.get(hour) ?? 0n;
    if (made >= caps.ordersPerHour) return { kind: 'too-many-orders' };
    for (const [period, name, cap] of [
      [order.budgetDay, 'day', caps.perDay],
      [order.budgetMonth, 'month', caps.perMonth],
    ] as const) {
      if (budgetOf(period, cap).available < order.reserved) return { kind: 'over-budget', period: name };
    }
    ordersInHour.set(hour, made + 1n);
    settle(order, changeBetween({ reserved: 0n, spent: 0n }, order));
    write(undefined, order);
    return { kind: 'created' };
  }

  function tryUpdate(before: Order, after: Order): UpdateOutcome {
    const stored = orders.get(before.orderId);
    const isCurrent =
      stored?.version === before.version && stored.state === before.state && stored.nonce === before.nonce;
    if (!isCurrent) return 'stale';
    const owner = exchangeIds.get(after.exchangeOrderId ?? '') ?? after.orderId;
    if (owner !== after.orderId) return 'exchange-id-taken';
    const isClaim = before.state === 'PENDING' && after.state === 'SUBMITTED';
    if (isClaim && stopReasonOf(control) !== undefined) return 'stopped';
    const change = changeBetween(before, after);
    if (!isNoChange(change)) settle(after, change);
    write(before, after);
    return 'written';
  }

  return {
    orders,
    failNext: (call, when) => faults.push({ call, when }),
    budgets,
    control,
    breaker: {
      open: async (reason) => {
        control.breaker ??= { reason, at: 0 };
      },
      openOnce: async (reason, reference) => {
        if (control.breaker !== undefined || raisedAlarms.has(`${reason} ${reference}`)) return;
        raisedAlarms.add(`${reason} ${reference}`);
        control.breaker = { reason, at: 0 };
      },
      note: async (reason, reference) => {
        raisedAlarms.add(`${reason} ${reference}`);
      },
    },
    seed: (order) => {
      settle(order, changeBetween({ reserved: 0n, spent: 0n }, order));
      write(undefined, order);
    },
    create: (order, decidedBy) => attempt('create', () => tryCreate(order, decidedBy)),
    adopt: async (order) => {
      if (orders.has(order.orderId)) return;
      settle(order, changeBetween({ reserved: 0n, spent: 0n }, order));
      write(undefined, order);
    },
    update: (before, after) => attempt('update', () => tryUpdate(before, after)),
    get: (orderId) => attempt('get', () => orders.get(orderId)),
    getAll: (orderIds) => attempt('getAll', () => entriesOf(orders, orderIds)),
    ownersOf: async (exchangeOrderIds) => entriesOf(exchangeIds, exchangeOrderIds),
    fillTotals: async (instrument) => fills.get(instrument) ?? { quantity: 0n, spent: 0n },
    history: async (orderId) => events.get(orderId) ?? [],
    unfinished: (limit) =>
      attempt('unfinished', () => {
        const found = [...orders.values()].filter((order) => !isFinished(order));
        const oldestFirst = found.toSorted((a, b) => a.createdAt - b.createdAt);
        return { orders: oldestFirst.slice(0, limit), complete: found.length <= limit };
      }),
    list: async () => ({ orders: [...orders.values()], nextCursor: undefined }),
  };
}
