import { formatDecimal, parseDecimal, type Usd } from '../ledger/decimal.ts';
import { type BudgetPorts, leftForOneOrder, readBudgetsInForce } from '../orders/budgets-in-force.ts';
import type { ControlState } from '../orders/control-port.ts';
import type { OrderExchange } from '../orders/exchange-port.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { MoveUnitsPorts } from '../transfers/move-units.ts';
import { moveWaitingUnits } from '../transfers/move-waiting-units.ts';
import type { Transfer } from '../transfers/transfer.ts';
import type { UnitsAtHand } from '../transfers/units-to-move.ts';
import { type Arrivals, areCounted, followArrivals, onTheWaySince, unitsOnTheWay } from './arrivals.ts';
import { type CarryOutPorts, carryOut, type TopUpBounds } from './carry-out.ts';
import { coverMinutes, followUse } from './cover.ts';
import { decideWithPrices } from './decide-with-prices.ts';
import type { Decision, DecisionAction, DecisionLog } from './decisions/decision.ts';
import type { StoredMemory, TopUpMemoryStore } from './memory-port.ts';
import { fillsToTell, inTransit, type ReviewFacts, stockOf } from './observation.ts';
import type { TopUpPolicy } from './policy/contract.ts';
import { capacityOf } from './reservations/capacity.ts';
import { reportReservations } from './reservations/report-reservations.ts';
import type { ReservationStore } from './reservations/store-port.ts';
import type { InstrumentSupply } from './supply.ts';
import type { Tick } from './tick.ts';

/** An instrument that is topped up. */
export interface ToppedUpInstrument extends TopUpBounds {
  readonly policy: TopUpPolicy;
  /** How long balances may take to show a fill where the exchange does not count what comes in. ms */
  readonly balanceLagMs: number;
  /** Whether Units that wait in the trading account are moved to consumption when they are needed. */
  readonly moveFromTrading: boolean;
}

/** What a review needs. */
export interface ReviewPorts extends CarryOutPorts, Pick<BudgetPorts, 'readBudget'> {
  readonly store: OrderStore;
  readonly exchange: OrderExchange;
  readonly memories: TopUpMemoryStore;
  readonly transfers: MoveUnitsPorts;
  readonly decisions: Pick<DecisionLog, 'record'>;
  readonly reservations: Pick<ReservationStore, 'openOf' | 'update'>;
}

/** What a review decides by: all of it of one version of the settings. */
export interface InstrumentTerms {
  readonly instrument: ToppedUpInstrument;
  readonly control: ControlState;
  /** Whether the order book is read even if nothing depends on it. */
  readonly readsBook: boolean;
}

/** What came of a review. */
export interface Review {
  readonly decision: Decision;
  /** The transfer that was sent, if any. */
  readonly transfers: readonly Transfer[];
}

/** The memory of this instrument was written by another check meanwhile: that one decides. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  readonly kind = 'overtaken';
}

/** Nothing is usable although the account holds Units: they are committed on arrival, and the balance is read wrongly. */
class UnitsCommittedError extends Error {
  override readonly name = 'UnitsCommittedError';
  readonly kind = 'units-committed';
}

/** The settings cannot be understood, so nobody knows how the instrument is to be topped up. */
class SettingsUnusableError extends Error {
  override readonly name = 'SettingsUnusableError';
  readonly kind = 'settings-unusable';
}

const oneUnit = 100_000_000n;
/** Units that have been on their way for longer than this need a person. */
const longOnTheWayMs = 30 * 60_000;

/**
 * One look at one instrument: what is there and on its way, what the policy says to it, and what is done. What is
 * remembered is written before anything is done, so that of two checks at once one goes on.
 *
 * @throws whatever keeps the facts from being known; then nothing is bought
 */
export async function reviewInstrument(
  ports: ReviewPorts,
  tick: Tick,
  { instrument, control, readsBook }: InstrumentTerms,
  instrumentId: string,
  supply: InstrumentSupply,
): Promise<Review> {
  const { policy, limits } = instrument;
  const { symbol } = limits;
  if (control.mode === 'SETTINGS_UNUSABLE') throw new SettingsUnusableError();
  if (supply.usable === 0n && supply.total >= oneUnit) throw new UnitsCommittedError();
  const stored = await ports.memories.read(symbol);
  // Read after the orders: a fill that is recorded in between is then counted twice rather than never.
  const bought = await ports.store.fillTotals(symbol);
  const reservations = await ports.reservations.openOf(symbol, supply.at);
  await reportReservations(ports, reservations, supply.usable, supply.at);
  const arrivals = follow(ports, instrument, supply, stored, bought.quantity);
  const stock = { supply, onTheWay: unitsOnTheWay(arrivals), isCounted: areCounted(arrivals) };
  const { fills, told } = fillsToTell(
    stored.memory?.toldFills ?? bought,
    bought,
    inTransit(stock),
    stored.memory?.arrivals.at ?? supply.at,
  );
  const facts: ReviewFacts = {
    ...stock,
    fills,
    budgetLeft: await budgetLeft(ports, control, supply.at),
    reservations: capacityOf(reservations),
    wasRefused: tick.refused.has(symbol),
  };
  const { decided, prices } = await decideWithPrices(
    ports,
    instrument,
    stored.memory?.policy,
    facts,
    readsBook,
  );
  const use = followUse(stored.memory?.use, stored.memory?.arrivals, supply);
  const book = prices === undefined ? stored.memory?.book : { readAt: supply.at, bestAsk: prices.bestAsk };
  const memory = { arrivals, toldFills: told, policy: decided.state, use, book };
  if ((await ports.memories.write(symbol, memory, stored)) === 'stale') throw new OvertakenError();
  logDecision(ports, symbol, facts, decided.explanation.reason);
  // First what is there already; the policy has counted it.
  const transfers = await move(ports, tick, instrument, { instrumentId, ...supply }, decided.need);
  const actions = await carryOut(ports, tick, { ...instrument, control }, supply.orders, decided);
  const cover =
    decided.explanation.figures['coverMinutes'] ?? coverMinutes(use, supply.usable + inTransit(stock));
  const decision: Decision = {
    instrument: symbol,
    at: supply.at,
    trigger: tick.trigger,
    policy: policy.name,
    explanation: decided.explanation,
    ...stockOf(facts),
    coverMinutes: cover,
    bestAsk: book?.bestAsk,
    bookReadAt: book?.readAt,
    actions: [...transfers.map(transferAction), ...actions],
  };
  return { decision, transfers };
}

async function move(
  ports: ReviewPorts,
  tick: Tick,
  { limits, moveFromTrading }: ToppedUpInstrument,
  accounts: UnitsAtHand & { readonly instrumentId: string },
  need: string,
): Promise<readonly Transfer[]> {
  if (!moveFromTrading) return [];
  const wanted = {
    instrument: limits.symbol,
    need: parseDecimal(need) ?? 0n,
    accounts: async () => accounts,
  };
  return moveWaitingUnits(ports.transfers, tick, [wanted]);
}

function transferAction({ quantity, state, reason }: Transfer): DecisionAction {
  return { action: 'transfer', units: quantity.toString(), result: reason ?? state };
}

function follow(
  ports: Pick<ReviewPorts, 'log'>,
  { limits, balanceLagMs }: ToppedUpInstrument,
  supply: InstrumentSupply,
  { memory }: StoredMemory,
  boughtUnits: bigint,
): Arrivals {
  const { at, usable, transferredIn: count } = supply;
  const waiting = supply.inTrading + supply.beingMoved;
  const reading = { at, usable, count, waiting, bought: boughtUnits * oneUnit };
  const arrivals = followArrivals(memory?.arrivals, reading, { balanceLagMs });
  const onTheWay = unitsOnTheWay(arrivals);
  const sinceMs = at - (onTheWaySince(arrivals) ?? at);
  // It is no error if it is known where they are.
  if (sinceMs >= longOnTheWayMs && onTheWay > waiting) {
    const units = formatDecimal(onTheWay);
    ports.log.error('units-not-arrived', { instrument: limits.symbol, units, sinceMs });
  }
  return arrivals;
}

async function budgetLeft(
  ports: Pick<BudgetPorts, 'readBudget'>,
  { limits }: ControlState,
  now: number,
): Promise<Usd> {
  return leftForOneOrder(await readBudgetsInForce(ports, limits, now), limits);
}

function logDecision(
  ports: Pick<ReviewPorts, 'log'>,
  instrument: string,
  facts: ReviewFacts,
  reason: string,
): void {
  const { usable, incoming } = stockOf(facts);
  const amounts = { usable: formatDecimal(usable), incoming: formatDecimal(incoming) };
  ports.log.info('top-up-decided', { instrument, ...amounts, reason });
}
