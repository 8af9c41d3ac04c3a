import { isLive } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { StoreWrite } from '../store/simulated-store.ts';

/** What is true of an order's record, by the true clock. */
export interface RecordFacts {
  /** The record as it was first written. */
  readonly first: Order;
  readonly recordedAt: number;
  readonly recordedBy: Invocation;
  /** Requests with the order that left. */
  posts: number;
  /** Whether its money was given back because it was refused and was not there. */
  wasReleasedUnseen: boolean;
  /** Times that the order was seen at the exchange after its end. */
  lateSightings: number;
  /** What it took from its budgets beyond what it held there. */
  overrun: bigint;
}

/** What is true of a transfer's record, by the true clock. */
export interface TransferFacts {
  /** The record as it was first written. */
  readonly first: Transfer;
  readonly recordedBy: Invocation;
  /** Requests with the transfer that left. */
  posts: number;
}

/** What truly happened so far, which no part of the code under test can know as a whole. */
export interface Facts {
  readonly records: Map<string, RecordFacts>;
  readonly transfers: Map<string, TransferFacts>;
  /** When reservations were cancelled, by the true clock. */
  readonly reservationsCancelled: Map<string, number>;
  /** What the breaker was opened for: order ids, ours and the exchange's. */
  readonly breakerReferences: Set<string>;
  /** Instruments of which something was bought before balance checks began to remember, and when they did. */
  readonly boughtBeforeMemory: Map<string, number>;
  /** Since when nothing may be bought; undefined while buying is allowed. */
  stoppedSince: number | undefined;
  /** Whether all is over but the settling: nothing new is bought. */
  isSettling: boolean;
  /** Whether anything was ever allowed to be bought. */
  wasEverLive: boolean;
}

/** What an order takes from its budgets beyond what it held there. The exchange rounds each fill's fee up, which is none. */
export function overrunOf({ before, after }: StoreWrite): bigint {
  if (before === undefined) return 0n;
  const more = after.reserved + after.spent - before.reserved - before.spent;
  return more > after.quantity ? more : 0n;
}

/** Whether an order that was over has moved, or has been filled further. */
export function isLateSighting({ before, after }: StoreWrite): boolean {
  if (before === undefined || isLive(before.state)) return false;
  return before.state !== after.state || before.filledQuantity !== after.filledQuantity;
}
