import type { ExchangeOrder, ExchangeOrderStatus } from '../../../shared/orders/exchange-port.ts';

/** What an order is at a moment. */
export interface OrderSnapshot {
  readonly at: number;
  readonly status: ExchangeOrderStatus;
  readonly filled: bigint;
  readonly cost: bigint;
  readonly fee: bigint;
  readonly fills: number;
  readonly closureReason: string | undefined;
}

export interface ExchangeOrderTerms {
  readonly exchangeOrderId: string;
  readonly clientOrderId: string;
  readonly marketId: string;
  readonly quantity: bigint;
  readonly limitPrice: bigint;
  readonly timeInForce: string;
  readonly submittedAt: number;
  /** Whether listings show its client order id. */
  readonly showsClientId: boolean;
  /** Whether its price and fee are shown. */
  readonly showsCost: boolean;
}

/** An order at the exchange, with all that it ever was: readers may be shown an older state. */
export class OrderAtExchange {
  readonly terms: ExchangeOrderTerms;
  readonly #history: OrderSnapshot[] = [];

  constructor(terms: ExchangeOrderTerms) {
    this.terms = terms;
  }

  /** As it truly is; undefined while it is taken but does not exist yet. */
  get now(): OrderSnapshot | undefined {
    return this.#history.at(-1);
  }

  get isLive(): boolean {
    return this.now?.status === 'live';
  }

  get filled(): bigint {
    return this.now?.filled ?? 0n;
  }

  /** What can still be bought: everything, while it does not exist yet. */
  get remaining(): bigint {
    return this.now === undefined || this.isLive ? this.terms.quantity - this.filled : 0n;
  }

  change(changes: Partial<OrderSnapshot> & { readonly at: number }): void {
    const before: OrderSnapshot = this.now ?? {
      at: changes.at,
      status: 'live',
      filled: 0n,
      cost: 0n,
      fee: 0n,
      fills: 0,
      closureReason: undefined,
    };
    this.#history.push({ ...before, ...changes });
  }

  /** As it is shown to one who is shown the state of a moment; undefined if it did not exist then. */
  shownAsOf(time: number): ExchangeOrder | undefined {
    const snapshot = this.#history.findLast((one) => one.at <= time);
    if (snapshot === undefined) return undefined;
    const { terms } = this;
    const showsCost = terms.showsCost && snapshot.filled > 0n;
    return {
      exchangeOrderId: terms.exchangeOrderId,
      clientOrderId: terms.showsClientId ? terms.clientOrderId : undefined,
      marketId: terms.marketId,
      side: 'buy',
      quantity: terms.quantity,
      filledQuantity: snapshot.filled,
      limitPrice: terms.limitPrice,
      averagePrice: showsCost ? snapshot.cost / snapshot.filled : undefined,
      fee: showsCost ? snapshot.fee : undefined,
      status: snapshot.status,
      closureReason: snapshot.closureReason,
      submittedAt: terms.submittedAt,
    };
  }
}
