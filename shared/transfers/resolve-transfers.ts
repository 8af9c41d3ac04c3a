import { scanMarginMs } from '../orders/time-limits.ts';
import type { TransferExchange, TransferListing } from './exchange-port.ts';
import { isLookedFor } from './life-cycle.ts';
import { needsAPerson, type SettleTransferPorts, settleTransfer } from './settle-transfer.ts';
import type { Transfer } from './transfer.ts';

/** What settling transfers needs. */
export interface ResolveTransfersPorts extends SettleTransferPorts {
  readonly exchange: Pick<TransferExchange, 'listTransfers'>;
}

/** What was learnt of the transfers. */
export interface TransferSettlement {
  /** Those whose state has changed, as they are now. */
  readonly moved: readonly Transfer[];
  /** How many were given up, or have been in doubt for too long: they need a person. */
  readonly unclear: number;
}

/**
 * Finds out what became of the transfers that are not finished, from the exchange's history. Trouble while looking
 * changes nothing and is left to the next run.
 */
export async function resolveTransfers(ports: ResolveTransfersPorts): Promise<TransferSettlement> {
  const moved: Transfer[] = [];
  let unclear = 0;
  try {
    const unfinished = await ports.store.unfinished();
    const listing = await listSafely(ports, unfinished.filter(isLookedFor));
    for (const transfer of unfinished) {
      const after = (await settleTransfer(ports, transfer, listing)) ?? transfer;
      if (after.state !== transfer.state) moved.push(after);
      if (needsAPerson(after, ports.clock.now())) unclear += 1;
    }
  } catch (error) {
    ports.log.error('transfer-failed', { error: nameOf(error) });
  }
  return { moved, unclear };
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
    ports.log.warn('transfer-history-failed', { error: nameOf(error) });
    return nothing;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
