import type { Log } from '../observability/log.ts';
import {
  betweenMissesMs,
  missAfterMs,
  missesUntilAbandoned,
  neverSentAfterMs,
  scanMarginMs,
} from '../orders/time-limits.ts';
import type { Clock } from '../time/clock.ts';
import type { ExchangeTransfer, TransferExchange, TransferListing } from './exchange-port.ts';
import { isInDoubt, moveTransfer } from './life-cycle.ts';
import { candidatesFor } from './match-transfer.ts';
import type { TransferStore } from './store-port.ts';
import type { Transfer } from './transfer.ts';
import { transferLogFields } from './transfer-log.ts';
import { balancesShowAfterMs } from './units-to-move.ts';

/** What settling transfers needs. */
export interface ResolveTransfersPorts {
  readonly store: TransferStore;
  readonly exchange: Pick<TransferExchange, 'listTransfers'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** A transfer that is in doubt for longer than this keeps its instrument from being served: a person is told. */
const longInDoubtMs = 900_000;

/**
 * Finds out what became of the transfers that are not finished, from the exchange's history. Trouble while looking
 * changes nothing and is left to the next run.
 *
 * @returns the transfers that moved, as they are now
 * @throws StoreUnavailableError
 */
export async function resolveTransfers(ports: ResolveTransfersPorts): Promise<readonly Transfer[]> {
  const unfinished = await ports.store.unfinished();
  const toFind = unfinished.filter((one) => isInDoubt(one) || one.state === 'REJECTED');
  const listing = await listSafely(ports, toFind);
  const moved: (Transfer | undefined)[] = [];
  for (const transfer of unfinished) moved.push(await settle(ports, transfer, listing));
  return moved.filter((transfer) => transfer !== undefined);
}

async function listSafely(
  ports: ResolveTransfersPorts,
  toFind: readonly Transfer[],
): Promise<TransferListing> {
  const nothing = { transfers: [], complete: false };
  if (toFind.length === 0) return nothing;
  const since = Math.min(...toFind.map((transfer) => transfer.createdAt)) - scanMarginMs;
  try {
    const listing = await ports.exchange.listTransfers(since);
    if (!listing.complete) {
      ports.log.warn('transfer-history-incomplete', { transfers: listing.transfers.length });
    }
    return listing;
  } catch (error) {
    ports.log.warn('transfer-history-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return nothing;
  }
}

async function settle(
  ports: ResolveTransfersPorts,
  transfer: Transfer,
  listing: TransferListing,
): Promise<Transfer | undefined> {
  const now = ports.clock.now();
  if (transfer.state === 'PENDING') return endIfNeverSent(ports, transfer);
  if (transfer.state === 'DONE') {
    const isShown = now - (transfer.settledAt ?? now) >= balancesShowAfterMs;
    return isShown ? save(ports, transfer, { confirmed: true }) : undefined;
  }
  if (now - transfer.createdAt >= longInDoubtMs) {
    ports.log.error('transfer-unresolved', transferLogFields(transfer));
  }
  return listing.complete ? settleByListing(ports, transfer, listing.transfers) : undefined;
}

/** Races with the claim: the store lets exactly one of the two win. */
async function endIfNeverSent(
  ports: ResolveTransfersPorts,
  transfer: Transfer,
): Promise<Transfer | undefined> {
  if (ports.clock.now() - transfer.createdAt < neverSentAfterMs) return undefined;
  return save(ports, transfer, { state: 'REJECTED', confirmed: true, reason: 'never-sent' });
}

/**
 * Exactly one transfer that nobody else has claimed is ours. Of several it is not known which one, and none says
 * something only once the signature can no longer be good.
 */
async function settleByListing(
  ports: ResolveTransfersPorts,
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
  ports: ResolveTransfersPorts,
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
  ports: ResolveTransfersPorts,
  transfer: Transfer,
  { exchangeTransferId }: ExchangeTransfer,
): Promise<Transfer | undefined> {
  if (transfer.state === 'REJECTED') {
    ports.log.error('transfer-seen-late', { ...transferLogFields(transfer), exchangeTransferId });
  }
  return save(ports, transfer, { state: 'DONE', exchangeTransferId, misses: 0, missedAt: undefined });
}

async function recordMiss(
  ports: ResolveTransfersPorts,
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
  ports: ResolveTransfersPorts,
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
