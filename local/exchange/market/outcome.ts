/** Why the exchange said no. The HTTP layer gives each its status and wording. */
export type RefusalReason =
  | 'auto_mode_trading_restricted'
  | 'duplicate_client_order_id'
  | 'instrument_not_found'
  | 'insufficient_funds'
  | 'insufficient_units'
  | 'invalid_price'
  | 'invalid_quantity'
  | 'market_closed'
  | 'market_not_found'
  | 'order_already_cancelled'
  | 'order_not_cancellable'
  | 'order_not_found'
  | 'order_not_updatable';

/** An expected no, with a sentence for people. */
export interface Refused {
  readonly accepted: false;
  readonly reason: RefusalReason;
  readonly message: string;
}

/** What every command of the exchange comes back with: done, or refused. Only bugs throw. */
export type Outcome<Value> = { readonly accepted: true; readonly value: Value } | Refused;

export function accepted<Value>(value: Value): Outcome<Value> {
  return { accepted: true, value };
}

export function refused(reason: RefusalReason, message: string): Refused {
  return { accepted: false, reason, message };
}
