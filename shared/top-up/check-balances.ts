import { decimalScale, formatDecimal, maximum, type Units, type Usd } from '../ledger/decimal.ts';
import type { Audit } from '../orders/audit-orders.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { OrderExchange } from '../orders/exchange-port.ts';
import type { Order, OrderState } from '../orders/order.ts';
import { deploymentTag, payloadFingerprint, scheduleOrderId } from '../orders/order-id.ts';
import { type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from '../orders/place-order.ts';
import { mostUnfinished, type SettleOrdersPorts, settleOrders } from '../orders/settle-orders.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import type { MoveUnitsPorts } from '../transfers/move-units.ts';
import { type MovedInstrument, moveWaitingUnits } from '../transfers/move-waiting-units.ts';
import { resolveTransfers } from '../transfers/resolve-transfers.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { unitsBeingMoved } from '../transfers/units-to-move.ts';
import { followArrivals, onTheWaySince, unitsOnTheWay } from './arrivals.ts';
import { memoize } from './memoize.ts';
import type { TopUpMemoryStore } from './memory-port.ts';
import { decideByThreshold, type Stock, type ThresholdRule } from './threshold.ts';

/** An instrument that is topped up. */
export interface ToppedUpInstrument {
  readonly limits: BuyingLimits;
  readonly rule: ThresholdRule;
  /** The most a top-up pays for a Unit. */
  readonly limitPrice: Usd;
  /** Whether Units that wait in the trading account are moved to consumption when they are needed. */
  readonly moveFromTrading: boolean;
}

/** One firing of the schedule. */
export interface Tick {
  readonly stage: string;
  readonly scheduleArn: string;
  /** When it was due: ISO 8601. */
  readonly scheduledTime: string;
}

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

/** What a balance check needs. */
export interface CheckBalancesPorts extends PlaceOrderPorts, SettleOrdersPorts {
  readonly store: OrderStore;
  readonly exchange: OrderExchange;
  readonly clock: Clock;
  readonly memories: TopUpMemoryStore;
  readonly transfers: MoveUnitsPorts;
  /** The exchange's id of an instrument. */
  readonly instrumentIdOf: (instrument: BuyingLimits) => Promise<string>;
  /** Whether the market takes orders now. */
  readonly isMarketActive: (marketId: string) => Promise<boolean>;
  /** The accounts for consumption. Throws rather than leave one out. */
  readonly consumption: () => Promise<readonly ConsumptionReading[]>;
  /** Units that wait in the trading accounts. Throws rather than leave one out. */
  readonly trading: () => Promise<readonly TradingReading[]>;
  /** For so long after a fill balances may not show its Units, where the exchange does not count transfers. ms */
  readonly balanceLagMs: number;
}

/** What a check did about one instrument. */
export interface InstrumentCheck {
  readonly instrument: string;
  readonly result: 'enough' | 'bought' | 'in-doubt' | 'not-bought' | 'failed';
  readonly usable: Units | undefined;
  readonly incoming: Units | undefined;
  readonly orderId: string | undefined;
  /** The state in which placing ended, where an order was placed now. */
  readonly orderState?: OrderState;
  /** Why: a rule, an order's state, or the name of an error. */
  readonly reason: string;
}

export interface BalanceCheck {
  /** Orders of which something new was learnt. */
  readonly movedOrders: readonly Order[];
  /** What comparing the exchange's orders with the records has found; undefined if it could not be done. */
  readonly audit: Audit | undefined;
  /** Transfers that were sent, and those whose state has changed. */
  readonly movedTransfers: readonly Transfer[];
  /** Transfers that were given up now, and those that have been unclear for too long. */
  readonly unclearTransfers: number;
  /** Whether the tick came so late that nothing was bought. */
  readonly late: boolean;
  readonly instruments: readonly InstrumentCheck[];
}

/** A tick older than this only settles orders: a newer one has looked, or will look, at the balances. */
const lateAfterMs = 240_000;

/** Units that have been on their way for longer than this need a person. */
const longOnTheWayMs = 30 * 60_000;

class TooManyUnfinishedOrdersError extends Error {
  override readonly name = 'TooManyUnfinishedOrdersError';
}

/** The memory of this instrument was written by another check meanwhile: that one decides. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/**
 * One balance check: settles what is open, reads the balances, and tops up every instrument that has fallen below
 * its minimum. Balances are read before the orders, and the orders before the totals of what was bought, so that a fill
 * in between is counted twice rather than never. Anything that cannot be read means: do not buy. One instrument's trouble
 * does not stop the others.
 */
export async function checkBalances(
  ports: CheckBalancesPorts,
  tick: Tick,
  instruments: readonly ToppedUpInstrument[],
): Promise<BalanceCheck> {
  const { moved, audit, onOrderByOthers } = await settleOrders(ports, deploymentTag(tick.stage));
  const { moved: settled, unclear: unclearTransfers } = await resolveTransfers(ports.transfers);
  // A time that cannot be read counts as late.
  const late = !(ports.clock.now() - Date.parse(tick.scheduledTime) <= lateAfterMs);
  if (late) {
    ports.log.warn('check-late', { scheduledTime: tick.scheduledTime });
    return { movedOrders: moved, audit, movedTransfers: settled, unclearTransfers, late, instruments: [] };
  }
  const supply = memoize(() => readSupply(ports, onOrderByOthers));
  const sent = await moveWaitingUnits(ports.transfers, tick, instrumentsToMove(ports, instruments, supply));
  const checks: InstrumentCheck[] = [];
  for (const instrument of instruments) checks.push(await checkSafely(ports, tick, instrument, supply));
  ports.log.info('check-completed', { moved: moved.length, instruments: checks.length });
  const movedTransfers = [...settled, ...sent];
  return { movedOrders: moved, audit, movedTransfers, unclearTransfers, late, instruments: checks };
}

function instrumentsToMove(
  ports: CheckBalancesPorts,
  instruments: readonly ToppedUpInstrument[],
  supply: () => Promise<Supply>,
): readonly MovedInstrument[] {
  return instruments
    .filter(({ moveFromTrading }) => moveFromTrading)
    .map(({ limits, rule }) => ({
      instrument: limits.symbol,
      need: rule.minimumUnits * decimalScale,
      accounts: async () => {
        const [instrumentId, held] = [await ports.instrumentIdOf(limits), await supply()];
        if (isCommittedOnArrival(instrumentId, rule, held)) return undefined;
        return {
          instrumentId,
          usable: usableUnits(instrumentId, held),
          inTrading: waitingUnits(instrumentId, held),
        };
      },
    }));
}

/** Everything that counts as stock, read once for all instruments. */
interface Supply {
  /** When the balances were read. */
  readonly at: number;
  readonly consumption: readonly ConsumptionReading[];
  readonly trading: readonly TradingReading[];
  readonly orders: readonly Order[];
  readonly onOrderByOthers: ReadonlyMap<string, bigint>;
  readonly transfers: readonly Transfer[];
}

async function readSupply(
  ports: CheckBalancesPorts,
  onOrderByOthers: ReadonlyMap<string, bigint>,
): Promise<Supply> {
  const [consumption, trading] = await Promise.all([ports.consumption(), ports.trading()]);
  const at = ports.clock.now();
  const { orders, complete } = await ports.store.unfinished(mostUnfinished);
  if (!complete) throw new TooManyUnfinishedOrdersError();
  const transfers = await ports.transfers.store.unfinished();
  return { at, consumption, trading, orders, onOrderByOthers, transfers };
}

async function checkSafely(
  ports: CheckBalancesPorts,
  tick: Tick,
  instrument: ToppedUpInstrument,
  supply: () => Promise<Supply>,
): Promise<InstrumentCheck> {
  try {
    return await checkInstrument(ports, tick, instrument, await supply());
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    const kind = error instanceof Error && 'kind' in error ? String(error.kind) : undefined;
    ports.log.error('check-failed', { instrument: instrument.limits.symbol, error: reason, kind });
    return {
      instrument: instrument.limits.symbol,
      result: 'failed',
      usable: undefined,
      incoming: undefined,
      orderId: undefined,
      reason: kind ?? reason,
    };
  }
}

async function checkInstrument(
  ports: CheckBalancesPorts,
  tick: Tick,
  instrument: ToppedUpInstrument,
  supply: Supply,
): Promise<InstrumentCheck> {
  const { limits, rule } = instrument;
  const instrumentId = await ports.instrumentIdOf(limits);
  const stock = await readStock(ports, limits, instrumentId, supply);
  const decision = decideByThreshold(rule, stock);
  ports.log.info('top-up-decided', {
    instrument: limits.symbol,
    usable: formatDecimal(stock.usable),
    incoming: formatDecimal(stock.incoming),
    buy: decision.buy.toString(),
    reason: decision.reason,
  });
  const check = { instrument: limits.symbol, usable: stock.usable, incoming: stock.incoming };
  if (decision.buy === 0n) return { ...check, result: 'enough', orderId: undefined, reason: decision.reason };
  if (isCommittedOnArrival(instrumentId, rule, supply)) {
    ports.log.error('units-committed', { instrument: limits.symbol, usable: formatDecimal(stock.usable) });
    return { ...check, result: 'failed', orderId: undefined, reason: 'units-committed' };
  }
  if (!(await ports.isMarketActive(limits.marketId))) {
    return { ...check, result: 'not-bought', orderId: undefined, reason: 'market-not-active' };
  }
  return { ...check, ...summaryOf(await buy(ports, tick, instrument, decision.buy)) };
}

async function readStock(
  ports: CheckBalancesPorts,
  limits: BuyingLimits,
  instrumentId: string,
  supply: Supply,
): Promise<Stock> {
  const usable = usableUnits(instrumentId, supply);
  const betweenAccounts =
    waitingUnits(instrumentId, supply) + unitsBeingMoved(supply.transfers, limits.symbol, supply.at);
  const onTheWay = await followArrivalsOf(ports, limits.symbol, instrumentId, supply, betweenAccounts);
  const own = supply.orders.filter((order) => order.instrument === limits.symbol);
  const ordered = sum(own.map((order) => order.quantity - order.filledQuantity));
  const byOthers = supply.onOrderByOthers.get(limits.marketId) ?? 0n;
  return {
    usable,
    // What waits in the trading account, or is being moved from there, is a part of what is on its way.
    incoming: (ordered + byOthers) * decimalScale + maximum(onTheWay, betweenAccounts),
  };
}

/**
 * Units that were bought and that the balance does not show yet. It is an error if they have not arrived for long, unless
 * it is known where they are.
 */
async function followArrivalsOf(
  ports: CheckBalancesPorts,
  symbol: string,
  instrumentId: string,
  supply: Supply,
  betweenAccounts: Units,
): Promise<Units> {
  const { memory, version } = await ports.memories.read(symbol);
  const { quantity } = await ports.store.fillTotals(symbol);
  const reading = {
    at: supply.at,
    usable: usableUnits(instrumentId, supply),
    count: countOf(accountsOf(instrumentId, supply.consumption)),
    bought: quantity * decimalScale,
  };
  const arrivals = followArrivals(memory?.arrivals, reading, ports);
  if ((await ports.memories.write(symbol, { arrivals }, version)) === 'stale') throw new OvertakenError();
  const onTheWay = unitsOnTheWay(arrivals);
  const sinceMs = supply.at - (onTheWaySince(arrivals) ?? supply.at);
  if (sinceMs >= longOnTheWayMs && onTheWay > betweenAccounts) {
    ports.log.error('units-not-arrived', { instrument: symbol, units: formatDecimal(onTheWay), sinceMs });
  }
  return onTheWay;
}

/** No account yet is a count of nothing; one that does not count makes the sum worthless. */
function countOf(accounts: readonly ConsumptionReading[]): Units | undefined {
  const counts = accounts.map(({ transferredIn }) => transferredIn);
  return counts.every((count) => count !== undefined) ? sum(counts) : undefined;
}

/**
 * Whether nothing is usable although the account holds enough. Then the Units were committed on arrival and the
 * configured reading of the balance is the wrong one: buying on it would never end.
 */
function isCommittedOnArrival(instrumentId: string, rule: ThresholdRule, supply: Supply): boolean {
  const accounts = accountsOf(instrumentId, supply.consumption);
  const total = sum(accounts.map((account) => account.total ?? account.usable));
  return usableUnits(instrumentId, supply) === 0n && total >= rule.minimumUnits * decimalScale;
}

function usableUnits(instrumentId: string, { consumption }: Supply): Units {
  return sum(accountsOf(instrumentId, consumption).map(({ usable }) => usable));
}

function waitingUnits(instrumentId: string, { trading }: Pick<Supply, 'trading'>): Units {
  return sum(accountsOf(instrumentId, trading).map(({ units }) => units));
}

function accountsOf<Account extends { readonly instrumentId: string }>(
  instrumentId: string,
  accounts: readonly Account[],
): readonly Account[] {
  return accounts.filter((account) => account.instrumentId === instrumentId);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

async function buy(
  ports: CheckBalancesPorts,
  tick: Tick,
  instrument: ToppedUpInstrument,
  quantity: bigint,
): Promise<PlaceOrderResult> {
  const { limits, limitPrice } = instrument;
  return placeOrder(ports, {
    orderId: scheduleOrderId({ ...tick, instrument: limits.symbol }),
    // A tick that is delivered twice is the same purchase, even if the balance has changed in between.
    payloadFingerprint: payloadFingerprint({ tick: tick.scheduledTime, instrument: limits.symbol }),
    source: 'schedule',
    purpose: 'urgent',
    principal: tick.scheduleArn,
    limits,
    quantity,
    limitPrice,
    timeInForce: 'gtc',
  });
}

function summaryOf(
  result: PlaceOrderResult,
): Pick<InstrumentCheck, 'result' | 'orderId' | 'orderState' | 'reason'> {
  if (!('order' in result)) return { result: 'not-bought', orderId: undefined, reason: result.kind };
  const { orderId, state, reason } = result.order;
  if (result.kind !== 'placed') return { result: 'not-bought', orderId, reason: result.kind };
  const placed = { orderId, orderState: state, reason: reason ?? state };
  if (state === 'REJECTED') return { result: 'not-bought', ...placed };
  const isTaken = state === 'OPEN' || state === 'PARTIALLY_FILLED' || state === 'FILLED';
  return { result: isTaken ? 'bought' : 'in-doubt', ...placed };
}
