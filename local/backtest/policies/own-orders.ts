import type { OpenOrder, OrderPurpose } from '../../../shared/top-up/policy/contract.ts';
import { firstMoment, msPerMinute } from '../calendar.ts';
import type { RestingOrder } from '../simulate/exchange.ts';
import { centsToUsd } from './notation.ts';

/** What production knows of its own orders: a cancelled one stays unfinished until the exchange's list says otherwise. */
export class OwnOrders {
  readonly #endingReviews: number;
  readonly #purposes = new Map<number, OrderPurpose>();
  #ending: { readonly order: OpenOrder; readonly purpose: OrderPurpose; reviewsLeft: number }[] = [];

  /** @param endingReviews for how many reviews a cancelled order is still listed */
  constructor(endingReviews: number) {
    this.#endingReviews = endingReviews;
  }

  /** What is unfinished as a review begins. Once for every review. */
  list(resting: readonly RestingOrder[]): readonly OpenOrder[] {
    if (resting.length === 0 && this.#ending.length === 0) {
      this.#purposes.clear();
      return [];
    }
    this.#ending = this.#ending.filter(({ reviewsLeft }) => reviewsLeft > 0);
    for (const one of this.#ending) one.reviewsLeft -= 1;
    for (const id of this.#purposes.keys()) {
      if (!resting.some((order) => order.id === id)) this.#purposes.delete(id);
    }
    return [...resting.map((order) => this.#openOrder(order)), ...this.#ending.map(({ order }) => order)];
  }

  /** Whether a new order of this purpose may be placed. */
  isFree(purpose: OrderPurpose): boolean {
    return (
      ![...this.#purposes.values()].includes(purpose) && !this.#ending.some((one) => one.purpose === purpose)
    );
  }

  placed(id: number, purpose: OrderPurpose): void {
    this.#purposes.set(id, purpose);
  }

  cancelled(order: OpenOrder): void {
    const id = Number(order.orderId);
    const purpose = this.#purposes.get(id);
    this.#purposes.delete(id);
    if (purpose === undefined || this.#endingReviews === 0) return;
    this.#ending.push({ order: { ...order, isEnding: true }, purpose, reviewsLeft: this.#endingReviews });
  }

  #openOrder({ id, limit, placedAt, remaining }: RestingOrder): OpenOrder {
    const purpose = this.#purposes.get(id);
    return {
      orderId: String(id),
      remaining,
      limitPrice: centsToUsd(limit),
      placedAt: firstMoment + placedAt * msPerMinute,
      ...(purpose === undefined ? {} : { purpose }),
    };
  }
}
