import type { Usd } from '../ledger/decimal.ts';

/** Lower than this many ticks below the wanted price is not bid. */
const mostTicks = 9n;

/**
 * Where the exchange does not show client order ids, an order that is looked for can be told by its terms alone: market,
 * quantity and price. So no two orders have the same terms while one of them is looked for; the next one bids a few ticks
 * less.
 *
 * @returns the prices to try, the wanted one first
 */
export function distinctPrices(wanted: Usd, tick: Usd): readonly Usd[] {
  const prices: Usd[] = [];
  for (let ticks = 0n; ticks <= mostTicks; ticks += 1n) {
    const price = wanted - ticks * tick;
    if (price > 0n) prices.push(price);
  }
  return prices;
}
