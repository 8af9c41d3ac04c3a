import type { Demand } from '../demand/demand.ts';
import type { OrderBook } from '../market/order-book.ts';
import type { Buyer } from '../policies/buyer.ts';
import type { Conditions } from './conditions.ts';
import type { Recording } from './recording.ts';

/** One policy over one demand and one market. */
export interface Scenario {
  readonly demand: Demand;
  /** Of the demand's length at least. */
  readonly book: OrderBook;
  readonly buyer: Buyer;
  readonly conditions: Conditions;
  /** Filled in for plots, if given. */
  readonly recording?: Recording;
}
