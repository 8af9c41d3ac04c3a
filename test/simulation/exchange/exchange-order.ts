import { minimum } from '../../../shared/ledger/decimal.ts';
import type {
  ExchangeOrder,
  ExchangeOrderStatus,
  OrderToSend,
} from '../../../shared/orders/exchange-port.ts';

/** An order as it arrives. */
export type OrderRequest = Omit<OrderToSend, 'sentType' | 'limitPrice'> & {
  /** Undefined for an order that takes any price. */
  readonly limitPrice: bigint | undefined;
};

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
  /** Undefined for an order that takes any price, at once or not at all. */
  readonly limitPrice: bigint | undefined;
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
  readonly #parts: { readonly quantity: bigint; readonly price: bigint }[] = [];

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

  /** What its fills cost without fees, as far as each was at this price or below. */
  costUpTo(price: bigint): bigint {
    return this.#parts.reduce((sum, part) => sum + part.quantity * minimum(part.price, price), 0n);
  }

  /** Is filled further. */
  fill(at: number, quantity: bigint, price: bigint, fee: bigint): void {
    const { now } = this;
    if (now === undefined) throw new Error('An order that does not exist is not filled.');
    this.#parts.push({ quantity, price });
    const filled = now.filled + quantity;
    this.change({
      at,
      status: filled === this.terms.quantity ? 'filled' : now.status,
      filled,
      cost: now.cost + quantity * price,
      fee: now.fee + fee,
      fills: now.fills + 1,
    });
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
