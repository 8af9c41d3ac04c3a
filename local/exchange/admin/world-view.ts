import { toText } from '../decimal.ts';
import type { RestingOrder } from '../market/order-book.ts';
import type { Simulator } from '../simulator.ts';
import type { JournalEntry } from '../wire/journal.ts';
import { MARKETS } from '../world.ts';

function showResting({ price, remaining, maker }: RestingOrder) {
  return {
    price: toText(price, 2),
    quantity: toText(remaining),
    maker: maker.kind,
    ...(maker.kind === 'account' ? { orderId: maker.orderId } : {}),
  };
}

export function showBook({ exchange }: Simulator) {
  return MARKETS.map((market) => ({
    marketId: market.marketId,
    symbol: market.instrument.symbol,
    status: exchange.engine.isSuspended(market) ? 'suspended' : 'active',
    buy: exchange.engine.book(market).orders('buy').map(showResting),
    sell: exchange.engine.book(market).orders('sell').map(showResting),
  }));
}

export function showEntry(entry: JournalEntry) {
  return { ...entry, at: new Date(entry.at).toISOString() };
}

export function showClock({ clock, exchange, exchangeTime }: Simulator) {
  return {
    ...clock.setting(),
    now: new Date(exchange.now).toISOString(),
    exchangeTime: new Date(exchangeTime()).toISOString(),
  };
}

export function showKeys({ keys }: Simulator) {
  return keys.all().map(({ fingerprint, revoked }) => ({ fingerprint, revoked }));
}

export function showFaults({ faults }: Simulator) {
  return faults.all().map(({ id, fault, calls, struck }) => ({ id, ...fault, calls, struck }));
}

export function showSellers({ exchange }: Simulator) {
  return Object.fromEntries(
    MARKETS.map((market) => [market.instrument.symbol, exchange.sellersOf(market).setting()]),
  );
}

export function showLots({ exchange }: Simulator) {
  return Object.fromEntries(
    MARKETS.map(({ instrument }) => [
      instrument.symbol,
      exchange.lots(instrument).map((lot) => ({
        lotId: lot.lotId,
        entered: toText(lot.entered),
        remaining: toText(lot.remaining),
        enteredAt: new Date(lot.enteredAt).toISOString(),
        expiresAt: new Date(lot.expiresAt).toISOString(),
      })),
    ]),
  );
}
