import { decimalScale } from '../ledger/decimal.ts';
import { scanMarginMs } from '../orders/time-limits.ts';
import type { ExchangeTransfer } from './exchange-port.ts';
import type { Transfer } from './transfer.ts';

/**
 * The transfers of the exchange that may be ours. The exchange keeps no name of ours, so they are told by instrument,
 * quantity and time; what a row does not say does not exclude it.
 */
export function candidatesFor(
  transfer: Transfer,
  listed: readonly ExchangeTransfer[],
): readonly ExchangeTransfer[] {
  return listed.filter((seen) => couldBe(transfer, seen));
}

function couldBe(transfer: Transfer, seen: ExchangeTransfer): boolean {
  const quantity = transfer.quantity * decimalScale;
  const earliest = transfer.createdAt - scanMarginMs;
  const latest = (transfer.notAfter ?? Number.POSITIVE_INFINITY) + scanMarginMs;
  return (
    seen.mayHaveMoved &&
    (seen.instrumentId ?? transfer.instrumentId) === transfer.instrumentId &&
    (seen.quantity ?? quantity) === quantity &&
    (seen.createdAt ?? earliest) >= earliest &&
    (seen.createdAt ?? earliest) <= latest
  );
}
