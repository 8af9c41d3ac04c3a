import { minimum, parseDecimal } from '../../../shared/ledger/decimal.ts';
import type { BuyingLimits } from '../../../shared/orders/buying-limits.ts';
import type { Settings } from '../../../shared/settings/settings.ts';

/** What may be bought of a simulated instrument under these settings. */
export function limitsUnder(limits: BuyingLimits, { instruments }: Settings): BuyingLimits {
  const { maximumPrice, paused = false } = instruments[limits.symbol] ?? {};
  const set = parseDecimal(maximumPrice ?? '') ?? limits.maximumPrice;
  return { ...limits, isPaused: paused, maximumPrice: minimum(set, limits.maximumPrice) };
}
