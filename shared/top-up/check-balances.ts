import { decimalScale, formatDecimal, type Units, type Usd } from '../ledger/decimal.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import { isFinished } from '../orders/life-cycle.ts';
import type { Order } from '../orders/order.ts';
import { payloadFingerprint, scheduleOrderId } from '../orders/order-id.ts';
import { type PlaceOrderPorts, type PlaceOrderResult, placeOrder } from '../orders/place-order.ts';
import { resolveOrders } from '../orders/resolve-orders.ts';
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
export interface InstrumentUnits {
  readonly instrumentId: string;
  readonly units: Units;
}

/** What a balance check needs. */
export interface CheckBalancesPorts extends PlaceOrderPorts {
  /** The exchange's id of an instrument. */
  readonly instrumentIdOf: (instrument: BuyingLimits) => Promise<string>;
  /** Whether the market takes orders now. */
  readonly isMarketActive: (marketId: string) => Promise<boolean>;
  /** Usable Units by instrument. Throws rather than leave one out. */
  readonly usableUnits: () => Promise<readonly InstrumentUnits[]>;
  /** Units bought and not yet moved to consumption, by instrument. Throws rather than leave one out. */
  readonly unitsInTrading: () => Promise<readonly InstrumentUnits[]>;
}

/** What a check did about one instrument. */
export interface InstrumentCheck {
  readonly instrument: string;
  readonly result: 'enough' | 'bought' | 'not-bought' | 'failed';
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

/** With more unfinished orders than this, what is on its way cannot be known, so nothing is bought. */
const mostUnfinished = 200;

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
  const late = ports.clock.now() - Date.parse(tick.scheduledTime) > lateAfterMs;
  if (late) {
    ports.log.warn('check-late', { scheduledTime: tick.scheduledTime });
    return { movedOrders, late, instruments: [] };
  }
  const supply = memoize(() => readSupply(ports, movedOrders));
  const checks: InstrumentCheck[] = [];
  for (const instrument of instruments) checks.push(await checkSafely(ports, tick, instrument, supply));
  ports.log.info('check-completed', { moved: movedOrders.length, instruments: checks.length });
  return { movedOrders, late, instruments: checks };
}

/** Everything that counts as stock, read once for all instruments. */
interface Supply {
  readonly usable: readonly InstrumentUnits[];
  readonly inTrading: readonly InstrumentUnits[];
  readonly orders: readonly Order[];
}

async function readSupply(ports: CheckBalancesPorts, movedOrders: readonly Order[]): Promise<Supply> {
  const [usable, inTrading] = await Promise.all([ports.usableUnits(), ports.unitsInTrading()]);
  const unfinished = await ports.store.unfinished(mostUnfinished);
  if (unfinished.length >= mostUnfinished) throw new TooManyUnfinishedOrdersError();
  // What was seen filled only now may not be in the balance yet; the next check no longer counts it.
  const justFilled = movedOrders.filter((order) => isFinished(order) && order.filledQuantity > 0n);
  return { usable, inTrading, orders: [...unfinished, ...justFilled] };
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
  const stock = stockOf(limits.symbol, await ports.instrumentIdOf(limits), supply);
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
  if (!(await ports.isMarketActive(limits.marketId))) {
    return { ...check, result: 'not-bought', orderId: undefined, reason: 'market-not-active' };
  }
  return { ...check, ...summaryOf(await buy(ports, tick, instrument, decision.buy)) };
}

function stockOf(symbol: string, instrumentId: string, supply: Supply): Stock {
  const own = supply.orders.filter((order) => order.instrument === symbol);
  const ordered = own.reduce((sum, order) => sum + incomingOf(order), 0n) * decimalScale;
  return {
    usable: unitsOf(instrumentId, supply.usable),
    incoming: ordered + unitsOf(instrumentId, supply.inTrading),
  };
}

/** Whole Units that an order may still bring, or has brought so recently that no balance need show them. */
function incomingOf(order: Order): bigint {
  return isFinished(order) ? order.filledQuantity : order.quantity - order.filledQuantity;
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
  const { orderId, state } = result.order;
  const isBought = result.kind === 'placed' && state !== 'REJECTED';
  const reason = result.kind === 'placed' ? (result.order.reason ?? state) : result.kind;
  return { result: isBought ? 'bought' : 'not-bought', orderId, reason };
}

function memoize<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
