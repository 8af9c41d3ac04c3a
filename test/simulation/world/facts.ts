import type { Audit } from '../../../shared/orders/audit-orders.ts';
import { isLive } from '../../../shared/orders/life-cycle.ts';
import type { Order } from '../../../shared/orders/order.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { StoreWrite } from '../store/simulated-store.ts';
import type { World } from './world.ts';

/** What is true of an order's record, by the true clock. */
export interface RecordFacts {
  /** The record as it was first written. */
  readonly first: Order;
  readonly recordedAt: number;
  readonly recordedBy: Invocation;
  /** Requests with the order that left. */
  posts: number;
  /** Requests that left for an earlier record of the same intent, which a restored table did not know. */
  readonly forgottenPosts: number;
  /** Whether its money was given back because it was refused and was not there. */
  wasReleasedUnseen: boolean;
  /** Times that the order was seen at the exchange after its end. */
  lateSightings: number;
  /** What it took from its budgets beyond what it held there. */
  overrun: bigint;
  /** The last version of the record that was lost with the table. */
  lost: Order | undefined;
  /** Whether a restored table did not know it and took it up. */
  isAdopted: boolean;
}

/** How far a restore is: first there is no table, then functions use a copy and the administrator waits, then it is over. */
export type RestoreStage = 'none' | 'no-table' | 'recovering' | 'over';

/** What the last check has told the administrator. */
export interface ToldByCheck {
  /** When it began. */
  readonly startedAt: number;
  readonly audit: Audit | undefined;
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
  restore: RestoreStage;
  /** When the table was lost, and everything that used it with it. */
  lostAt: number;
  lastCheck: ToldByCheck | undefined;
  /** Whether all is over but the settling: nothing new is bought. */
  isSettling: boolean;
  /** Whether anything was ever allowed to be bought. */
  wasEverLive: boolean;
}

/** Whether a restored table may come to know an order so: as one that was sent, and that the exchange has. */
export function isAdoption({ facts, exchange }: World, { before, after }: StoreWrite): boolean {
  const isKnown = facts.records.get(after.orderId)?.lost !== undefined;
  const isThere = exchange.ordersOf(after.orderId).length > 0;
  const isAsSent = after.state === 'SUBMITTED' && after.version === 1 && after.reason === 'adopted';
  return facts.restore === 'recovering' && before === undefined && isKnown && isThere && isAsSent;
}

/** Whether an order was recorded in a table that was lost, and is not in the one that there is now. */
export function isForgotten({ facts, store }: Pick<World, 'facts' | 'store'>, orderId: string): boolean {
  return facts.records.get(orderId)?.lost !== undefined && !store.orders.has(orderId);
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
