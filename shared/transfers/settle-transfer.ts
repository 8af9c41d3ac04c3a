import type { Log } from '../observability/log.ts';
import {
  betweenMissesMs,
  missAfterMs,
  missesUntilAbandoned,
  neverSentAfterMs,
} from '../orders/time-limits.ts';
import type { Clock } from '../time/clock.ts';
import type { ExchangeTransfer, TransferListing } from './exchange-port.ts';
import { isLookedFor, moveTransfer } from './life-cycle.ts';
import { candidatesFor } from './match-transfer.ts';
import type { TransferStore } from './store-port.ts';
import type { Transfer } from './transfer.ts';
import { transferLogFields } from './transfer-log.ts';
import { unfinishedForMs } from './units-to-move.ts';

/** What settling one transfer needs. */
export interface SettleTransferPorts {
  readonly store: TransferStore;
  readonly clock: Pick<Clock, 'now'>;
  /** How late balances may be, as it is configured. ms */
  readonly balanceLagMs: number;
  readonly log: Log;
}

/** A transfer that is in doubt for longer than this keeps its instrument from being served: a person is told. */
const longInDoubtMs = 900_000;

/**
 * Takes an unfinished transfer as far as time and the exchange's history say. Nothing is concluded from an incomplete one.
 *
 * @returns the next version if one was written
 * @throws StoreUnavailableError
 */
export async function settleTransfer(
  ports: SettleTransferPorts,
  transfer: Transfer,
  listing: TransferListing,
): Promise<Transfer | undefined> {
  const now = ports.clock.now();
  if (transfer.state === 'PENDING') return endIfNeverSent(ports, transfer);
  if (transfer.state === 'DONE') {
    const isOver = now - (transfer.settledAt ?? now) >= unfinishedForMs(ports.balanceLagMs);
    return isOver ? save(ports, transfer, { confirmed: true }) : undefined;
  }
  if (needsAPerson(transfer, now)) {
    ports.log.error('transfer-unresolved', transferLogFields(transfer));
  }
  return listing.complete ? settleByListing(ports, transfer, listing.transfers) : undefined;
}

/** Whether a transfer was given up, or has not been found out about for too long. */
export function needsAPerson(transfer: Transfer, now: number): boolean {
  const isOverdue = isLookedFor(transfer) && now - transfer.createdAt >= longInDoubtMs;
  return transfer.state === 'ABANDONED' || isOverdue;
}

/** Races with the claim: the store lets exactly one of the two win. */
async function endIfNeverSent(ports: SettleTransferPorts, transfer: Transfer): Promise<Transfer | undefined> {
  if (ports.clock.now() - transfer.createdAt < neverSentAfterMs) return undefined;
  return save(ports, transfer, { state: 'REJECTED', confirmed: true, reason: 'never-sent' });
}

/**
 * Exactly one transfer that nobody else has claimed is ours. Of several it is not known which one, and none says
 * something only once the signature can no longer be good.
 */
async function settleByListing(
  ports: SettleTransferPorts,
  transfer: Transfer,
  listed: readonly ExchangeTransfer[],
): Promise<Transfer | undefined> {
  const candidates = await withoutClaimed(ports, transfer, candidatesFor(transfer, listed));
  const [found] = candidates;
  if (found !== undefined && candidates.length === 1) return recordSighting(ports, transfer, found);
  if (found !== undefined) ports.log.error('transfer-ambiguous', transferLogFields(transfer));
  if (ports.clock.now() < (transfer.notAfter ?? Number.POSITIVE_INFINITY)) return undefined;
  return recordMiss(ports, transfer, found === undefined ? 'not-found' : 'ambiguous');
}

async function withoutClaimed(
  ports: SettleTransferPorts,
  transfer: Transfer,
  candidates: readonly ExchangeTransfer[],
): Promise<readonly ExchangeTransfer[]> {
  const free: ExchangeTransfer[] = [];
  for (const candidate of candidates) {
    const owner = await ports.store.ownerOf(candidate.exchangeTransferId);
    if (owner === undefined || owner === transfer.transferId) free.push(candidate);
  }
  return free;
}

async function recordSighting(
  ports: SettleTransferPorts,
  transfer: Transfer,
  { exchangeTransferId }: ExchangeTransfer,
): Promise<Transfer | undefined> {
  if (transfer.state === 'REJECTED') {
    ports.log.error('transfer-seen-late', { ...transferLogFields(transfer), exchangeTransferId });
  }
  return save(ports, transfer, { state: 'DONE', exchangeTransferId, misses: 0, missedAt: undefined });
}

async function recordMiss(
  ports: SettleTransferPorts,
  transfer: Transfer,
  reason: 'not-found' | 'ambiguous',
): Promise<Transfer | undefined> {
  const now = ports.clock.now();
  // A refusal that the history agrees with, or does not contradict clearly.
  if (transfer.state === 'REJECTED') return save(ports, transfer, { confirmed: true });
  if (now - transfer.createdAt < missAfterMs || now - (transfer.missedAt ?? 0) < betweenMissesMs) {
    return undefined;
  }
  const misses = transfer.misses + 1;
  if (misses < missesUntilAbandoned) return save(ports, transfer, { misses, missedAt: now });
  ports.log.error('transfer-abandoned', { ...transferLogFields(transfer), reason });
  return save(ports, transfer, { state: 'ABANDONED', misses, missedAt: now, reason });
}

/** @returns undefined if somebody else wrote the transfer first; the next run looks again */
async function save(
  ports: SettleTransferPorts,
  before: Transfer,
  changes: Partial<Transfer>,
): Promise<Transfer | undefined> {
  const after = moveTransfer(before, changes, ports.clock.now());
  const outcome = await ports.store.update(before, after);
  if (outcome === 'exchange-id-taken') ports.log.error('exchange-id-taken', transferLogFields(after));
  if (outcome !== 'written') return undefined;
  ports.log.info('transfer-moved', { ...transferLogFields(after), from: before.state });
  return after;
}
