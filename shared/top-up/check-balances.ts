import { decimalScale, formatDecimal, type Units, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { OrderExchange } from '../orders/exchange-port.ts';
import type { Order } from '../orders/order.ts';
import { payloadFingerprint, scheduleOrderId } from '../orders/order-id.ts';
import { type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from '../orders/place-order.ts';
import { mostUnfinished, type ResolveOrdersPorts, resolveOrders } from '../orders/resolve-orders.ts';
import { decideByThreshold, type Stock, type ThresholdRule } from './threshold.ts';

/** An instrument that is topped up. */
export interface ToppedUpInstrument {
  readonly limits: BuyingLimits;
  readonly rule: ThresholdRule;
  /** The most a top-up pays for a Unit. */
  readonly limitPrice: Usd;
}

/** One firing of the schedule. */
export interface Tick {
  readonly stage: string;
  readonly scheduleArn: string;
  /** When it was due: ISO 8601. */
  readonly scheduledTime: string;
}

/** An amount that belongs to an instrument of the exchange. */
interface InstrumentUnits {
  readonly instrumentId: string;
  readonly units: Units;
}

/** What an account for consumption holds. */
interface ConsumptionUnits extends InstrumentUnits {
  /** Everything in the account, where the exchange says so: what is usable and what is committed. */
  readonly total: Units | undefined;
}

/** What a balance check needs. */
export interface CheckBalancesPorts extends PlaceOrderPorts, ResolveOrdersPorts {
  readonly exchange: OrderExchange;
  /** The exchange's id of an instrument. */
  readonly instrumentIdOf: (instrument: BuyingLimits) => Promise<string>;
  /** Whether the market takes orders now. */
  readonly isMarketActive: (marketId: string) => Promise<boolean>;
  /** Usable Units by instrument. Throws rather than leave one out. */
  readonly usableUnits: () => Promise<readonly ConsumptionUnits[]>;
  /** Units bought and not yet moved to consumption, by instrument. Throws rather than leave one out. */
  readonly unitsInTrading: () => Promise<readonly InstrumentUnits[]>;
}

/** What a check did about one instrument. */
export interface InstrumentCheck {
  readonly instrument: string;
  readonly result: 'enough' | 'bought' | 'in-doubt' | 'not-bought' | 'failed';
  readonly usable: Units | undefined;
  readonly incoming: Units | undefined;
  readonly orderId: string | undefined;
  /** Why: a rule, an order's state, or the name of an error. */
  readonly reason: string;
}

export interface BalanceCheck {
  /** Orders of which something new was learnt. */
  readonly movedOrders: readonly Order[];
  /** Whether the tick came so late that nothing was bought. */
  readonly late: boolean;
  readonly instruments: readonly InstrumentCheck[];
}

/** A tick older than this only settles orders: a newer one has looked, or will look, at the balances. */
const lateAfterMs = 240_000;

/** For so long after a fill was seen, balances may not show its Units: it counts as on its way for one check. */
const fillShowsAfterMs = 45_000;

class TooManyUnfinishedOrdersError extends Error {
  override readonly name = 'TooManyUnfinishedOrdersError';
}

/**
 * One balance check: settles what is open, reads the balances, and tops up every instrument that has fallen below
 * its minimum. Balances are read before the orders, so that a fill in between is counted twice rather than never.
 * Anything that cannot be read means: do not buy. One instrument's trouble does not stop the others.
 */
export async function checkBalances(
  ports: CheckBalancesPorts,
  tick: Tick,
  instruments: readonly ToppedUpInstrument[],
): Promise<BalanceCheck> {
  const movedOrders = await resolveOrders(ports);
  // A time that cannot be read counts as late.
  const late = !(ports.clock.now() - Date.parse(tick.scheduledTime) <= lateAfterMs);
  if (late) {
    ports.log.warn('check-late', { scheduledTime: tick.scheduledTime });
    return { movedOrders, late, instruments: [] };
  }
  const supply = memoize(() => readSupply(ports));
  const checks: InstrumentCheck[] = [];
  for (const instrument of instruments) checks.push(await checkSafely(ports, tick, instrument, supply));
  ports.log.info('check-completed', { moved: movedOrders.length, instruments: checks.length });
  return { movedOrders, late, instruments: checks };
}

/** Everything that counts as stock, read once for all instruments. */
interface Supply {
  readonly usable: readonly ConsumptionUnits[];
  readonly inTrading: readonly InstrumentUnits[];
  readonly orders: readonly Order[];
}

async function readSupply(ports: CheckBalancesPorts): Promise<Supply> {
  const [usable, inTrading] = await Promise.all([ports.usableUnits(), ports.unitsInTrading()]);
  const { orders, complete } = await ports.store.unfinished(mostUnfinished);
  if (!complete) throw new TooManyUnfinishedOrdersError();
  return { usable, inTrading, orders };
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
  const stock = stockOf(limits.symbol, instrumentId, supply, ports.clock.now());
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

function stockOf(symbol: string, instrumentId: string, supply: Supply, now: number): Stock {
  const own = supply.orders.filter((order) => order.instrument === symbol);
  const ordered = own.reduce((sum, order) => sum + incomingOf(order, now), 0n) * decimalScale;
  return {
    usable: unitsOf(instrumentId, supply.usable),
    incoming: ordered + unitsOf(instrumentId, supply.inTrading),
  };
}

/** Whole Units that an order may still bring, or has brought so recently that no balance need show them. */
function incomingOf(order: Order, now: number): bigint {
  const isRecent = order.filledAt !== undefined && now - order.filledAt < fillShowsAfterMs;
  return order.quantity - (isRecent ? 0n : order.filledQuantity);
}

/**
 * Whether nothing is usable although the account holds enough. Then the Units were committed on arrival and the
 * configured reading of the balance is the wrong one: buying on it would never end.
 */
function isCommittedOnArrival(instrumentId: string, rule: ThresholdRule, supply: Supply): boolean {
  const accounts = supply.usable.filter((account) => account.instrumentId === instrumentId);
  const total = accounts.reduce((sum, account) => sum + (account.total ?? account.units), 0n);
  return unitsOf(instrumentId, accounts) === 0n && total >= rule.minimumUnits * decimalScale;
}

function unitsOf(instrumentId: string, accounts: readonly InstrumentUnits[]): Units {
  return accounts
    .filter((one) => one.instrumentId === instrumentId)
    .reduce((sum, one) => sum + one.units, 0n);
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
    principal: tick.scheduleArn,
    limits,
    quantity,
    limitPrice,
    timeInForce: 'gtc',
  });
}

function summaryOf(result: PlaceOrderResult): Pick<InstrumentCheck, 'result' | 'orderId' | 'reason'> {
  if (!('order' in result)) return { result: 'not-bought', orderId: undefined, reason: result.kind };
  const { orderId, state, reason } = result.order;
  if (result.kind !== 'placed') return { result: 'not-bought', orderId, reason: result.kind };
  if (state === 'REJECTED') return { result: 'not-bought', orderId, reason: reason ?? state };
  const isTaken = state === 'OPEN' || state === 'PARTIALLY_FILLED' || state === 'FILLED';
  return { result: isTaken ? 'bought' : 'in-doubt', orderId, reason: reason ?? state };
}

function memoize<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
