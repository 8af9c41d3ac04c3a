import { minimum } from '../../../shared/ledger/decimal.ts';
import type { OrderBook } from '../../../shared/orders/exchange-port.ts';
import type { OrderAtExchange } from './exchange-order.ts';

/** Units for sale at a price. */
interface Ask {
  readonly price: bigint;
  quantity: bigint;
}

/** An order that waits for sellers. */
interface Bid {
  readonly order: OrderAtExchange;
  readonly limitPrice: bigint;
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
  #bids: Bid[] = [];

  /** Lets a seller offer Units: waiting bids take them first, the rest waits. */
  offer(quantity: bigint, price: bigint): readonly Fill[] {
    this.#forgetDeadBids();
    const fills: Fill[] = [];
    let left = quantity;
    for (const { order, limitPrice } of this.#bids) {
      if (left === 0n || limitPrice < price) break;
      const taken = minimum(order.remaining, left);
      left -= taken;
      fills.push({ order, quantity: taken, price: limitPrice });
    }
    if (left > 0n) {
      this.#asks = [...this.#asks, { price, quantity: left }].toSorted((a, b) => compare(a.price, b.price));
    }
    return fills;
  }

  /** Matches a bid with what is for sale; what is left of one with a limit waits in the book. */
  bid(order: OrderAtExchange): readonly Fill[] {
    const { limitPrice } = order.terms;
    const fills = this.take(order.remaining, limitPrice).map((part) => ({ order, ...part }));
    const left = fills.reduce((rest, { quantity }) => rest - quantity, order.remaining);
    if (left > 0n && limitPrice !== undefined) {
      // Sorting keeps the order of equals, which is the order of time.
      const bids = [...this.#bids, { order, limitPrice }];
      this.#bids = bids.toSorted((a, b) => compare(b.limitPrice, a.limitPrice));
    }
    return fills;
  }

  /** Takes so many Units of what is for sale, the cheapest first. */
  take(quantity: bigint, highestPrice: bigint | undefined): readonly Ask[] {
    const parts: Ask[] = [];
    let left = quantity;
    for (const ask of this.#asks) {
      if (left === 0n || (highestPrice !== undefined && ask.price > highestPrice)) break;
      const taken = minimum(ask.quantity, left);
      left -= taken;
      ask.quantity -= taken;
      parts.push({ quantity: taken, price: ask.price });
    }
    this.#asks = this.#asks.filter((ask) => ask.quantity > 0n);
    return parts;
  }

  /** The lowest price at which something is for sale. */
  get bestAsk(): bigint | undefined {
    return this.#asks[0]?.price;
  }

  /** What so many Units cost now, as far as they are for sale. */
  costOf(quantity: bigint): bigint {
    let [left, cost] = [quantity, 0n];
    for (const ask of this.#asks) {
      const taken = minimum(ask.quantity, left);
      left -= taken;
      cost += taken * ask.price;
    }
    return cost;
  }

  shown(): OrderBook {
    return {
      asks: this.#asks.map(({ price, quantity }) => ({ price, quantity: quantity * unitScale })),
      bids: [],
    };
  }

  #forgetDeadBids(): void {
    this.#bids = this.#bids.filter(({ order }) => order.isLive && order.remaining > 0n);
  }
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
