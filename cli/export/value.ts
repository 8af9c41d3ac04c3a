import { decimalScale, type Usd } from '../../shared/ledger/decimal.ts';

/** Prices of trades have few decimals. */
const mostPlaces = 6;

/**
 * What so many Units cost that were bought at an average price. The exchange shows the average with eight decimals, so
 * that Units times average can be off by a little: the value is the amount with the fewest decimals that has this average.
 *
 * @param averagePrice in 10⁻⁸ USD
 */
export function valueFrom(filled: number, averagePrice: Usd): Usd {
  const units = BigInt(filled);
  const shown = units * averagePrice;
  for (let kept = 0; kept <= mostPlaces; kept += 1) {
    const step = decimalScale / 10n ** BigInt(kept);
    const below = shown - (shown % step);
    const fitting = [below, below + step].find((value) => hasAverage(value, units, averagePrice));
    if (fitting !== undefined) return fitting;
  }
  return shown;
}

/** Whether a value, divided by the Units, is shown as this average: cut or rounded at the eighth decimal. */
function hasAverage(value: Usd, units: bigint, averagePrice: Usd): boolean {
  return value / units === averagePrice || (value + units / 2n) / units === averagePrice;
}
