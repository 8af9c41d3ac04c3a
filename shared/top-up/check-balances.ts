import type { Units, Usd } from '../ledger/decimal.ts';
import type { Audit } from '../orders/audit-orders.ts';
import type { BuyingLimits } from '../orders/buying-limits.ts';
import type { ControlState } from '../orders/control-port.ts';
import type { OrderExchange } from '../orders/exchange-port.ts';
import type { Order, OrderState } from '../orders/order.ts';
import { deploymentTag } from '../orders/order-id.ts';
import { type SettleOrdersPorts, settleOrders } from '../orders/settle-orders.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import type { MoveUnitsPorts } from '../transfers/move-units.ts';
import { resolveTransfers } from '../transfers/resolve-transfers.ts';
import type { SettleTransferPorts } from '../transfers/settle-transfer.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { Decision } from './decisions/decision.ts';
import { memoize } from './memoize.ts';
import {
  type Review,
  type ReviewPorts,
  reviewInstrument,
  type ToppedUpInstrument,
} from './review-instrument.ts';
import { readSupply, type Supply, type SupplyPorts, supplyOf } from './supply.ts';
import type { Tick } from './tick.ts';
import { turnOf } from './turn.ts';

/** What is in force, read at once. */
export interface TermsInForce {
  readonly control: ControlState;
  /** A deployed instrument as the settings have it. */
  readonly inForce: (deployed: ToppedUpInstrument) => ToppedUpInstrument;
}

/** What a balance check needs. */
export interface CheckBalancesPorts extends ReviewPorts, SettleOrdersPorts, SupplyPorts {
  readonly store: OrderStore;
  readonly exchange: OrderExchange;
  readonly clock: Clock;
  readonly transfers: MoveUnitsPorts & SettleTransferPorts;
  /** The exchange's id of an instrument. */
  readonly instrumentIdOf: (instrument: BuyingLimits) => Promise<string>;
  /** Settings and breaker as they are now. A check reads them once, so that all of it is decided by the same ones. */
  readonly readTerms: () => Promise<TermsInForce>;
}

/** What all reviews of a check share, read when the first of them needs it. */
interface SharedReadings {
  readonly supply: () => Promise<Supply>;
  readonly terms: () => Promise<TermsInForce>;
}

/** What a check did about one instrument. */
export interface InstrumentCheck {
  readonly instrument: string;
  readonly result: 'enough' | 'bought' | 'in-doubt' | 'not-bought' | 'failed';
  readonly usable: Units | undefined;
  readonly incoming: Units | undefined;
  readonly orderId: string | undefined;
  /** Where the order that it placed stood then; undefined if it placed none. */
  readonly orderState?: OrderState;
  /** Best ask of the market, where this check has read it. */
  readonly bestAsk?: Usd | undefined;
  /** For how many minutes the Units last, where that can be told. */
  readonly coverMinutes?: number | undefined;
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

/**
 * One balance check: settles what is open, reads the balances, and lets the policy of every instrument decide. Anything
 * that cannot be read means: do not buy. One instrument's trouble does not stop the others.
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
  const shared: SharedReadings = {
    supply: memoize(() => readSupply(ports, onOrderByOthers)),
    terms: memoize(ports.readTerms),
  };
  const checks: InstrumentCheck[] = [];
  const movedTransfers = [...settled];
  const turn = turnOf(tick, instruments.length);
  for (const [index, instrument] of instruments.entries()) {
    const { check, transfers } = await checkSafely(ports, tick, instrument, index === turn, shared);
    checks.push(check);
    movedTransfers.push(...transfers);
  }
  ports.log.info('check-completed', { moved: moved.length, instruments: checks.length });
  return { movedOrders: moved, audit, movedTransfers, unclearTransfers, late, instruments: checks };
}

async function checkSafely(
  ports: CheckBalancesPorts,
  tick: Tick,
  instrument: ToppedUpInstrument,
  readsBook: boolean,
  { supply, terms }: SharedReadings,
): Promise<{ readonly check: InstrumentCheck; readonly transfers: readonly Transfer[] }> {
  const { limits } = instrument;
  try {
    const instrumentId = await ports.instrumentIdOf(limits);
    const own = supplyOf(await supply(), limits, instrumentId);
    const { control, inForce } = await terms();
    const review = await reviewInstrument(
      ports,
      tick,
      { instrument: inForce(instrument), control, readsBook },
      instrumentId,
      own,
    );
    await record(ports, review.decision);
    return { check: summaryOf(review), transfers: review.transfers };
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    const kind = error instanceof Error && 'kind' in error ? String(error.kind) : undefined;
    ports.log.error('check-failed', { instrument: limits.symbol, error: reason, kind });
    const unknown = { usable: undefined, incoming: undefined, orderId: undefined };
    const check = {
      instrument: limits.symbol,
      result: 'failed',
      ...unknown,
      reason: kind ?? reason,
    } as const;
    return { check, transfers: [] };
  }
}

/** What was done stands, whether or not it can be noted why. */
async function record(ports: CheckBalancesPorts, decision: Decision): Promise<void> {
  try {
    await ports.decisions.record(decision);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.warn('decision-not-recorded', { instrument: decision.instrument, error: name });
  }
}

const resultByState: Readonly<Record<OrderState, InstrumentCheck['result']>> = {
  PENDING: 'not-bought',
  SUBMITTED: 'in-doubt',
  UNKNOWN: 'in-doubt',
  OPEN: 'bought',
  PARTIALLY_FILLED: 'bought',
  FILLED: 'bought',
  CANCELLED: 'not-bought',
  REJECTED: 'not-bought',
  EXPIRED: 'not-bought',
  ABANDONED: 'in-doubt',
};

/** A check in short: by the last order that it wanted to place, if any. */
function summaryOf({ decision }: Review): InstrumentCheck {
  const { instrument, at, usable, incoming, coverMinutes, explanation, actions } = decision;
  const bestAsk = decision.bookReadAt === at ? decision.bestAsk : undefined;
  const stock = { instrument, usable, incoming, bestAsk, coverMinutes };
  const order = actions.findLast((action) => action.action === 'order');
  if (order === undefined) {
    return { ...stock, result: 'enough', orderId: undefined, reason: explanation.reason };
  }
  const result = order.state === undefined ? 'not-bought' : resultByState[order.state];
  const { orderId, state } = order;
  return {
    ...stock,
    result,
    orderId,
    ...(state === undefined ? {} : { orderState: state }),
    reason: order.result,
  };
}
