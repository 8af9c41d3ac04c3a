import type { Usd } from '../ledger/decimal.ts';
import type { ControlState, StopReason } from './control-port.ts';
import type { Order, OrderState } from './order.ts';

/**
 * Where orders are kept. Every write is conditional, and an order's record, its history, the slot of its
 * instrument, the map of exchange ids, the budgets that it is charged to and the totals of its instrument's fills change
 * together or not at all.
 */
export interface OrderStore {
  /**
   * Records a new order and reserves its money: only while buying is allowed, within the budgets, and if it holds the
   * slot of its instrument and purpose, or its terms, only while no other order does.
   *
   * @param control what the order was decided by; its limits hold, and it is refused if the settings are others by now
   */
  create(order: Order, control: DecidedBy): Promise<CreateOutcome>;
  /**
   * Records an order that was sent already, unless there is a record under its id. Nothing refuses it: its money is gone, or
   * may go, whatever the budgets and the breaker say.
   */
  adopt(order: Order): Promise<void>;
  /** Writes the next version of an order, if `before` is still the current one. */
  update(before: Order, after: Order): Promise<UpdateOutcome>;
  get(orderId: string): Promise<Order | undefined>;
  /** Those of these orders that there are, by order id. */
  getAll(orderIds: readonly string[]): Promise<ReadonlyMap<string, Order>>;
  /** The records that orders at the exchange belong to, by the exchange's ids; without those that belong to none of ours. */
  ownersOf(exchangeOrderIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Everything that our orders of an instrument have bought so far, as far as it was seen. Only grows. */
  fillTotals(instrument: string): Promise<FillTotals>;
  /** The history of an order, oldest first. */
  history(orderId: string): Promise<readonly OrderEvent[]>;
  /** Orders that are not finished, oldest first, each re-read so that none is out of date. */
  unfinished(limit: number): Promise<UnfinishedOrders>;
  /** Orders by time of creation, newest first. May lag behind by a moment: for people, never for a decision. */
  list(query: OrderQuery): Promise<OrderPage>;
}

/** Settings that an order was decided by. */
export type DecidedBy = Pick<ControlState, 'settingsVersion' | 'limits'>;

export type CreateOutcome =
  | { readonly kind: 'created' }
  /** A record under this id was there before. */
  | { readonly kind: 'exists'; readonly order: Order }
  /** Another scheduled order of the instrument, for the same purpose, is not finished. */
  | { readonly kind: 'slot-taken' }
  /** Another order with the same terms is looked for; the two could not be told apart. */
  | { readonly kind: 'terms-taken' }
  /** Nothing is bought at all now. */
  | { readonly kind: 'stopped'; readonly why: StopReason }
  /** The settings are not those any more that it was decided by. */
  | { readonly kind: 'settings-changed' }
  /** It would cost more than is left for it. */
  | { readonly kind: 'over-budget'; readonly period: 'order' | 'day' | 'month' }
  /** There were as many orders in this hour as may be. */
  | { readonly kind: 'too-many-orders' };

export type UpdateOutcome =
  | 'written'
  /** Somebody else was first; nothing was written. */
  | 'stale'
  /** It would have claimed the order for sending, and nothing may be bought now; nothing was written. */
  | 'stopped'
  /** The exchange's id in it belongs to another order of ours; nothing was written. Should never happen. */
  | 'exchange-id-taken';

/** What was bought of an instrument, since its first order. */
export interface FillTotals {
  /** Whole Units. */
  readonly quantity: bigint;
  /** What they cost, fees included. */
  readonly spent: Usd;
}

export interface UnfinishedOrders {
  readonly orders: readonly Order[];
  /** False if there may be more than were asked for. */
  readonly complete: boolean;
}

export interface OrderEvent {
  readonly version: number;
  readonly from: OrderState | undefined;
  readonly to: OrderState;
  readonly reason: string | undefined;
  readonly at: number;
}

export interface OrderQuery {
  readonly state?: OrderState;
  readonly instrument?: string;
  /** Who has placed them. */
  readonly principal?: string;
  readonly limit: number;
  /** Opaque, from the page before. */
  readonly cursor?: string;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  readonly nextCursor: string | undefined;
}

/** The store could not do its work. What it was about to write may or may not be written. */
export class StoreUnavailableError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The order store is unavailable (${code}).`);
    this.name = 'StoreUnavailableError';
    this.code = code;
  }
}

/** A cursor that this store did not make. */
export class InvalidCursorError extends Error {
  constructor() {
    super('The cursor is not one that this service gave out.');
    this.name = 'InvalidCursorError';
  }
}
