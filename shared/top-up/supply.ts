import type { Units } from '../ledger/decimal.ts';
import type { Order } from '../orders/order.ts';
import { mostUnfinished } from '../orders/settle-orders.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import type { TransferStore } from '../transfers/store-port.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { unitsBeingMoved } from '../transfers/units-to-move.ts';

/** What an account for consumption holds. */
export interface ConsumptionReading {
  readonly instrumentId: string;
  /** What an application can use. */
  readonly usable: Units;
  /** Everything in the account, where the exchange says so: what is usable and what is committed. */
  readonly total: Units | undefined;
  /** Everything that ever came in, where the exchange counts it. */
  readonly transferredIn: Units | undefined;
}

/** Units bought and not yet moved to consumption. */
export interface TradingReading {
  readonly instrumentId: string;
  readonly units: Units;
}

/** What reading the stock needs. */
export interface SupplyPorts {
  readonly store: Pick<OrderStore, 'unfinished'>;
  readonly transfers: {
    readonly store: Pick<TransferStore, 'unfinished'>;
    /** How late balances may be, as it is configured. ms */
    readonly balanceLagMs: number;
  };
  readonly clock: Pick<Clock, 'now'>;
  /** The accounts for consumption. Throws rather than leave one out. */
  readonly consumption: () => Promise<readonly ConsumptionReading[]>;
  /** Units that wait in the trading accounts. Throws rather than leave one out. */
  readonly trading: () => Promise<readonly TradingReading[]>;
}

/** Everything that counts as stock, read once for all instruments. */
export interface Supply {
  /** When the balances were read. */
  readonly at: number;
  readonly consumption: readonly ConsumptionReading[];
  readonly trading: readonly TradingReading[];
  readonly orders: readonly Order[];
  /** Whole Units that others have on order on the account, by market. */
  readonly onOrderByOthers: ReadonlyMap<string, bigint>;
  readonly transfers: readonly Transfer[];
  /** How late balances may be, as it is configured. ms */
  readonly balanceLagMs: number;
}

/** One instrument's part of it. */
export interface InstrumentSupply {
  readonly at: number;
  readonly usable: Units;
  /** Usable or committed; what is usable where the exchange does not say. */
  readonly total: Units;
  readonly transferredIn: Units | undefined;
  readonly inTrading: Units;
  /** Units of transfers that may have left the trading account without being usable yet. */
  readonly beingMoved: Units;
  /** Our own unfinished orders. */
  readonly orders: readonly Order[];
  /** Whole Units. */
  readonly onOrderByOthers: bigint;
}

class TooManyUnfinishedOrdersError extends Error {
  override readonly name = 'TooManyUnfinishedOrdersError';
}

/**
 * Reads the accounts first and the orders after them, so that a fill in between is counted twice rather than never.
 *
 * @throws the exchange's or the store's error, or TooManyUnfinishedOrdersError: then nothing may be bought
 */
export async function readSupply(
  ports: SupplyPorts,
  onOrderByOthers: ReadonlyMap<string, bigint>,
): Promise<Supply> {
  const [consumption, trading] = await Promise.all([ports.consumption(), ports.trading()]);
  const at = ports.clock.now();
  const { orders, complete } = await ports.store.unfinished(mostUnfinished);
  if (!complete) throw new TooManyUnfinishedOrdersError();
  const transfers = await ports.transfers.store.unfinished();
  const { balanceLagMs } = ports.transfers;
  return { at, consumption, trading, orders, onOrderByOthers, transfers, balanceLagMs };
}

/** What of the supply belongs to an instrument. */
export function supplyOf(
  supply: Supply,
  instrument: { readonly symbol: string; readonly marketId: string },
  instrumentId: string,
): InstrumentSupply {
  const accounts = supply.consumption.filter((account) => account.instrumentId === instrumentId);
  const counts = accounts.map(({ transferredIn }) => transferredIn);
  return {
    at: supply.at,
    usable: sum(accounts.map(({ usable }) => usable)),
    total: sum(accounts.map(({ total, usable }) => total ?? usable)),
    // No account yet is a count of nothing; an account that does not count makes the sum worthless.
    transferredIn: counts.every((count) => count !== undefined) ? sum(counts) : undefined,
    inTrading: sum(
      supply.trading.filter((account) => account.instrumentId === instrumentId).map(({ units }) => units),
    ),
    beingMoved: unitsBeingMoved(supply.transfers, instrument.symbol, supply.at, supply.balanceLagMs),
    orders: supply.orders.filter((order) => order.instrument === instrument.symbol),
    onOrderByOthers: supply.onOrderByOthers.get(instrument.marketId) ?? 0n,
  };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
