import { toSteps } from '../../local/backtest/amounts.ts';
import type { Administration } from '../../local/exchange/admin/administration.ts';

/** What the simulator shows of what really happened. */
export type Books = Pick<Administration, 'units' | 'orders' | 'trades'>;

/** What the exchange's own books say of an instrument since the start. Units in steps, money in cents. */
export interface Ledger {
  readonly bought: number;
  readonly boughtAsMaker: number;
  readonly spent: number;
  readonly used: number;
  readonly unserved: number;
  readonly expired: number;
  readonly orders: number;
  readonly cancels: number;
}

/** Reads the simulator's books of an instrument. */
export function readLedger(books: Books, instrument: string): Ledger {
  const units = books.units()[instrument];
  const orders = books.orders().filter((order) => order.instrument === instrument);
  const ids = new Set(orders.map(({ orderId }) => orderId));
  const asMaker = books
    .trades()
    .filter((trade) => ids.has(trade.buyOrderId ?? '') && trade.takerSide === 'sell');
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    bought: stepsOf(units?.bought),
    boughtAsMaker: toSteps(sum(asMaker.map(({ quantity }) => quantity))),
    spent: sum(orders.map(({ value }) => Math.round(Number(value) * 100))),
    used: stepsOf(units?.consumed),
    unserved: stepsOf(units?.unmet),
    expired: stepsOf(units?.expired),
    orders: orders.length,
    cancels: orders.filter(({ status }) => status === 'cancelled').length,
  };
}

function stepsOf(units: string | undefined): number {
  return toSteps(Number(units ?? '0'));
}
