import { isFinished } from '../../shared/orders/life-cycle.ts';
import type { Order } from '../../shared/orders/order.ts';
import {
  type OrderEvent,
  type OrderStore,
  StoreUnavailableError,
  type UpdateOutcome,
} from '../../shared/orders/store-port.ts';

export type StoreCall = 'create' | 'update' | 'get' | 'unfinished';

/** An order store in memory with the same promises as the real one, and faults on demand. */
export interface MemoryOrderStore extends OrderStore {
  readonly orders: ReadonlyMap<string, Order>;
  /** The next call of this kind fails, before or after it took effect. */
  failNext(call: StoreCall, when: 'before' | 'after'): void;
  /** Puts an order there, as if it had always been. */
  seed(order: Order): void;
}

export function createMemoryOrderStore(): MemoryOrderStore {
  const orders = new Map<string, Order>();
  const events = new Map<string, OrderEvent[]>();
  const slots = new Map<string, string>();
  const exchangeIds = new Map<string, string>();
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
    if (after.holdsSlot) slots.set(after.instrument, after.orderId);
    else if (slots.get(after.instrument) === after.orderId) slots.delete(after.instrument);
    if (after.exchangeOrderId !== undefined) exchangeIds.set(after.exchangeOrderId, after.orderId);
  }

  function tryUpdate(before: Order, after: Order): UpdateOutcome {
    const stored = orders.get(before.orderId);
    const isCurrent =
      stored?.version === before.version && stored.state === before.state && stored.nonce === before.nonce;
    if (!isCurrent) return 'stale';
    const owner = exchangeIds.get(after.exchangeOrderId ?? '') ?? after.orderId;
    if (owner !== after.orderId) return 'exchange-id-taken';
    write(before, after);
    return 'written';
  }

  return {
    orders,
    failNext: (call, when) => faults.push({ call, when }),
    seed: (order) => write(undefined, order),
    create: (order) =>
      attempt('create', () => {
        const existing = orders.get(order.orderId);
        if (existing !== undefined) return { kind: 'exists', order: existing };
        if (order.holdsSlot && slots.has(order.instrument)) return { kind: 'slot-taken' };
        write(undefined, order);
        return { kind: 'created' };
      }),
    update: (before, after) => attempt('update', () => tryUpdate(before, after)),
    get: (orderId) => attempt('get', () => orders.get(orderId)),
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
