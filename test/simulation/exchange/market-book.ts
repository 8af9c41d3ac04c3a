import { minimum } from '../../../shared/ledger/decimal.ts';
import type { OrderBook } from '../../../shared/orders/exchange-port.ts';
import type { OrderAtExchange } from './exchange-order.ts';

/** Units for sale at a price. */
interface Ask {
  readonly price: bigint;
  quantity: bigint;
}

/** What a match gives the buyer. */
export interface Fill {
  readonly order: OrderAtExchange;
  readonly quantity: bigint;
  readonly price: bigint;
}

const unitScale = 100_000_000n;

/** One market's book: price before time, and the order that was there first sets the price. */
export class MarketBook {
  #asks: Ask[] = [];
  #bids: OrderAtExchange[] = [];

  /** Lets a seller offer Units: waiting bids take them first, the rest waits. */
  offer(quantity: bigint, price: bigint): readonly Fill[] {
    this.#forgetDeadBids();
    const fills: Fill[] = [];
    let left = quantity;
    for (const order of this.#bids) {
      if (left === 0n || order.terms.limitPrice < price) break;
      const taken = minimum(order.remaining, left);
      left -= taken;
      fills.push({ order, quantity: taken, price: order.terms.limitPrice });
    }
    if (left > 0n) {
      this.#asks = [...this.#asks, { price, quantity: left }].toSorted((a, b) => compare(a.price, b.price));
    }
    return fills;
  }

  /** Matches a bid with what is for sale; what is left of it waits in the book. */
  bid(order: OrderAtExchange): readonly Fill[] {
    const fills: Fill[] = [];
    let left = order.remaining;
    for (const ask of this.#asks) {
      if (left === 0n || ask.price > order.terms.limitPrice) break;
      const taken = minimum(ask.quantity, left);
      left -= taken;
      ask.quantity -= taken;
      fills.push({ order, quantity: taken, price: ask.price });
    }
    this.#asks = this.#asks.filter((ask) => ask.quantity > 0n);
    if (left > 0n) {
      // Sorting keeps the order of equals, which is the order of time.
      this.#bids = [...this.#bids, order].toSorted((a, b) => compare(b.terms.limitPrice, a.terms.limitPrice));
    }
    return fills;
  }

  shown(): OrderBook {
    return {
      asks: this.#asks.map(({ price, quantity }) => ({ price, quantity: quantity * unitScale })),
      bids: [],
    };
  }

  #forgetDeadBids(): void {
    this.#bids = this.#bids.filter((order) => order.isLive && order.remaining > 0n);
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
