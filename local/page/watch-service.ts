import * as v from 'valibot';
import { formatUsd, parseDecimal } from '../../shared/ledger/decimal.ts';
import { orderPage, statusAnswer } from '../api-document/answers.ts';
import type { Administration } from '../exchange/admin/administration.ts';
import { findMarket } from '../exchange/world.ts';
import type { ApiClient } from '../service/api-client.ts';
import { brokenNow } from './breakages.ts';
import type { Happenings } from './happenings.ts';
import { noSamples, withSample } from './samples.ts';
import type { Comparison, ExchangeView, OrderView, Quote, Snapshot, StatusView } from './snapshot.ts';

/** What is watched, and how. */
export interface WatchPorts {
  readonly api: Pick<ApiClient, 'get'>;
  readonly apiUrl: string;
  readonly admin: Administration;
  /** The market that the page trades in. */
  readonly symbol: string;
  readonly happenings: Happenings;
  readonly now: () => number;
}

/** Keeps the newest snapshot of a service. */
export interface ServiceWatch {
  /** Something happened: orders and status are read anew with the next look. */
  markStale(): void;
  /** Looks at everything. Looks that come while one is under way are that one. */
  look(): Promise<Snapshot>;
}

/** A quarter of an hour, a sample a second. */
const mostSamples = 900;
const shownOrders = 15;
const shownQuotes = 6;
/** Ticks of the schedule change things too. ms */
const staleAfter = 10_000;

export function watchService(ports: WatchPorts): ServiceWatch {
  const { api, admin, symbol, now } = ports;
  let status: StatusView | undefined;
  let orders: readonly OrderView[] = [];
  let samples = noSamples;
  let isStale = true;
  let readAt = 0;
  let running: Promise<Snapshot> | undefined;

  async function readApi(): Promise<void> {
    if (!isStale && now() - readAt < staleAfter) return;
    isStale = false;
    readAt = now();
    const [newStatus, newOrders] = await Promise.all([
      api.get('/status'),
      api.get(`/orders?limit=${shownOrders}`),
    ]);
    if (newStatus.status === 200) status = v.parse(statusAnswer, newStatus.body);
    if (newOrders.status === 200) orders = v.parse(orderPage, newOrders.body).orders;
  }

  function sample(exchange: ExchangeView): void {
    const second = Math.floor(now() / 1_000);
    const last = samples.time.at(-1) ?? second - 1;
    if (second === last) return;
    const [bestAsk] = exchange.asks;
    samples = withSample(
      samples,
      {
        time: second,
        held: Number(exchange.held),
        ask: bestAsk === undefined ? null : Number(bestAsk.price),
        paid: paidSince(admin, symbol, last * 1_000),
      },
      mostSamples,
    );
  }

  async function take(): Promise<Snapshot> {
    // What cannot be read now is shown as it was.
    await readApi().catch(() => undefined);
    const exchange = exchangeView(admin, symbol);
    sample(exchange);
    return {
      at: now(),
      apiUrl: ports.apiUrl,
      status,
      orders,
      exchange,
      comparison: comparison(admin),
      samples,
      happenings: ports.happenings.newest(),
    };
  }

  return {
    markStale: () => {
      isStale = true;
    },
    look: () => {
      running ??= take().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

function exchangeView(admin: Administration, symbol: string): ExchangeView {
  const book = admin.book().find((one) => one.symbol === symbol);
  const units = admin.units()[symbol];
  if (book === undefined || units === undefined) throw new Error(`The exchange has no ${symbol}.`);
  return {
    symbol,
    status: book.status === 'active' ? 'active' : 'suspended',
    asks: quotesOf(book.sell),
    bids: quotesOf(book.buy),
    unitsPerMinute: units.unitsPerMinute,
    held: units.held,
    consumed: units.consumed,
    expired: units.expired,
    unmet: units.unmet,
    lots: (admin.lots()[symbol] ?? []).map(({ remaining, expiresAt }) => ({ remaining, expiresAt })),
    broken: brokenNow(admin, symbol),
  };
}

/** Orders at the same price are one quote; ours stay apart. */
function quotesOf(
  resting: readonly { readonly price: string; readonly quantity: string; readonly maker: string }[],
): readonly Quote[] {
  const byPrice = Map.groupBy(resting, ({ price, maker }) => `${price} ${maker === 'account'}`);
  return [...byPrice.values()].slice(0, shownQuotes).map((alike) => ({
    price: alike[0]?.price ?? '',
    quantity: alike.reduce((sum, { quantity }) => sum + Number(quantity), 0),
    ours: alike[0]?.maker === 'account',
  }));
}

function comparison(admin: Administration): Comparison {
  const { orders, money } = admin.truth();
  const [value, fees] = [parseDecimal(money.spent) ?? 0n, parseDecimal(money.fees) ?? 0n];
  return {
    accepted: orders.accepted,
    duplicates: Object.keys(orders.duplicates).length,
    spentThere: formatUsd(value + fees),
  };
}

/** For a dot in a plot: the average price of what we bought since then. */
function paidSince(admin: Administration, symbol: string, since: number): number | null {
  const marketId = findMarket(symbol)?.marketId;
  const trades = admin
    .trades()
    .filter((one) => one.marketId === marketId && one.buyOrderId !== null)
    .filter(({ executedAt }) => Date.parse(executedAt) >= since);
  const units = trades.reduce((sum, { quantity }) => sum + quantity, 0);
  return units === 0 ? null : trades.reduce((sum, { value }) => sum + Number(value), 0) / units;
}
