import { decimalScale, type Units, type Usd } from '../../ledger/decimal.ts';
import { reservationFor } from '../../ledger/reservation.ts';
import type { BuyingLimits } from '../../orders/buying-limits.ts';

/**
 * The most that it costs to have so many Units ready once: whole Units at the instrument's maximum price, with the fee
 * allowance.
 */
export function mostCostOf(
  units: Units,
  { maximumPrice, feeBasisPoints }: Pick<BuyingLimits, 'maximumPrice' | 'feeBasisPoints'>,
): Usd {
  const wholeUnits = (units + decimalScale - 1n) / decimalScale;
  return reservationFor(wholeUnits, maximumPrice, feeBasisPoints);
}
