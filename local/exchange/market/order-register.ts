import { createLagged, type Lagged } from '../lagged.ts';
import type { Order, OrderStatus } from './order.ts';

/** All orders ever accepted, each with what it looked like at every moment since. */
export class OrderRegister {
  readonly #orders = new Map<string, Order>();
  readonly #views = new Map<string, Lagged<Order>>();
  readonly #idsByClientId = new Map<string, string[]>();

  /** How many orders were accepted so far: the next order's place in the sequence. */
  get size(): number {
    return this.#orders.size;
  }

  add(order: Order): void {
    this.#orders.set(order.orderId, order);
    this.#views.set(order.orderId, createLagged(Number.POSITIVE_INFINITY));
    if (order.clientOrderId === null) return;
    const ids = this.#idsByClientId.get(order.clientOrderId) ?? [];
    this.#idsByClientId.set(order.clientOrderId, [...ids, order.orderId]);
  }

  /** Changes an order's status, and notes how the order looks from now on. */
  setStatus(order: Order, status: OrderStatus, now: number): void {
    order.status = status;
    order.updatedAt = now;
    this.#views.get(order.orderId)?.record(now, { ...order });
  }

  /** All orders in the sequence of acceptance. */
  all(): Order[] {
    return [...this.#orders.values()];
  }

  find(orderId: string): Order | undefined {
    return this.#orders.get(orderId);
  }

  /** Orders as they looked at a moment; those accepted later are missing. */
  allAsOf(at: number): Order[] {
    return [...this.#views.values()].map((view) => view.readAt(at)).filter((order) => order !== undefined);
  }

  /** One order as it looked at a moment, or undefined when it was not there yet. */
  findAsOf(orderId: string, at: number): Order | undefined {
    return this.#views.get(orderId)?.readAt(at);
  }

  hasClientId(clientOrderId: string): boolean {
    return this.#idsByClientId.has(clientOrderId);
  }

  /** Order ids by the client's id, duplicates included. */
  idsByClientId(): ReadonlyMap<string, readonly string[]> {
    return this.#idsByClientId;
  }
}
