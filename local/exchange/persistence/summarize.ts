import { toText } from '../decimal.ts';
import type { Exchange } from '../exchange.ts';

/** The exchange in a few words. A repetition that took another way is very unlikely to come to the same words. */
export function summarize({ engine, usd }: Exchange): string {
  return `${engine.orders.size} orders, ${engine.trades().length} trades, ${toText(usd.available, 2)} USD`;
}
