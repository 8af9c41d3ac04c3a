import type { SpendingLimits } from '../../../shared/ledger/budget.ts';
import { formatUsd } from '../../../shared/ledger/decimal.ts';
import type { Mode } from '../../../shared/orders/control-port.ts';
import type { ToppedUpInstrument } from '../../../shared/top-up/review-instrument.ts';
import type { Deduplication } from '../exchange/exchange.ts';
import type { TransferCount } from '../exchange/holdings.ts';
import { type BalanceLag, drawFaults } from '../faults/draw-faults.ts';
import type { FaultClass, FaultPlan } from '../faults/fault-plan.ts';
import type { SkewRange } from '../invocation/sandbox.ts';
import type { Random } from '../kernel/random.ts';
import { reservingPolicy } from './reserving-policy.ts';

/** An instrument whose policy is simple enough to say of each purchase whether it was due. */
export interface SimulatedInstrument extends Omit<ToppedUpInstrument, 'balanceLagMs'> {
  /** Whole Units. */
  readonly minimumUnits: bigint;
}

/** Everything about a run that is decided before it begins. */
export interface Scenario {
  readonly faultClass: FaultClass;
  readonly faults: FaultPlan;
  /** ms since the epoch. */
  readonly startsAt: number;
  /** How long callers, ticks and faults go on. */
  readonly activeMs: number;
  readonly skew: SkewRange;
  readonly deduplication: Deduplication;
  /** Which orders an incomplete listing shows. */
  readonly incompleteListsShow: 'oldest' | 'newest' | 'some';
  /** Whether the exchange's client itself is run, over a simulated wire; it takes several times as long. */
  readonly overTheWire: boolean;
  /** Of the list of orders over the wire. */
  readonly listOrder: 'ascending' | 'descending';
  /** Whether that list honours the filter by time. */
  readonly listFilters: boolean;
  readonly pageSize: number;
  /** Orders of others that were over hours before, and are listed first where the list ascends. */
  readonly oldOrders: number;
  /** Whether the exchange shows orders with their client order ids, and is configured so. */
  readonly showsClientIds: boolean;
  readonly transferCount: TransferCount;
  /** Whether bought Units stay in the trading account until they are asked for. */
  readonly unitsStayInTrading: boolean;
  /** How long balances may lag, as it is configured. */
  readonly balanceLagSeconds: number;
  readonly foreignOrders: 'stop' | 'count';
  readonly exchangeFeeBasisPoints: bigint;
  readonly funds: bigint;
  readonly mode: Mode;
  readonly limits: SpendingLimits;
  readonly instruments: readonly [SimulatedInstrument, ...SimulatedInstrument[]];
  readonly startingUnits: readonly number[];
  /** On average. */
  readonly sellersEveryMs: number;
  readonly mostUnitsOfSeller: number;
  /** Units of an instrument that are used per minute at most. */
  readonly consumptionPerMinute: number;
  readonly apiOrders: number;
  /** How many of them name no price. */
  readonly marketOrderShare: number;
  /** For batches. */
  readonly reservations: number;
  readonly maximumRestMs: number;
  /** Undefined where the table is never lost. */
  readonly restore: RestorePlan | undefined;
}

/** When the table is lost, and what of it is restored. */
export interface RestorePlan {
  /** From the start to the moment that is restored. */
  readonly copiedAfterMs: number;
  /** Whether that is the next moment when an order is recorded and not claimed yet, if there is one before the loss. */
  readonly isCopiedAtRecord: boolean;
  /** From the start to the loss. */
  readonly lostAfterMs: number;
  /** Whether that is moments after the next order is recorded, if one is within two minutes. */
  readonly isLostAtRecord: boolean;
  /** How long there is no table. */
  readonly restoringMs: number;
}

const dollar = 100_000_000n;
const cent = 1_000_000n;
const minuteMs = 60_000;
/** Days and months end in the middle of some runs. */
const starts = [
  Date.parse('2026-11-23T12:00:00.000Z'),
  Date.parse('2026-11-23T23:48:00.000Z'),
  Date.parse('2026-11-30T23:50:00.000Z'),
  Date.parse('2026-12-31T23:52:00.000Z'),
] as const;
const skews: readonly [SkewRange, ...SkewRange[]] = [
  { least: 0, most: 0 },
  { least: -2_000, most: 2_000 },
  { least: -25_000, most: -20_000 },
  { least: 20_000, most: 25_000 },
  { least: 40_000, most: 45_000 },
  { least: -25_000, most: 45_000 },
];
/** Of all runs. */
const wireShare = 0.02;
const names = ['chat-prime', 'code-prime'] as const;

/** Decides by chance what a run is like. */
export function drawScenario(random: Random, faultClass: FaultClass): Scenario {
  const usual = drawUsualScenario(random, faultClass);
  return faultClass === 'R' ? withRestore(random, usual) : usual;
}

/** A restore says nothing of transfers and reservations, so there are none. */
function withRestore(random: Random, usual: Scenario): Scenario {
  const { activeMs } = usual;
  const [first, ...others] = usual.instruments.map((one) => ({ ...one, moveFromTrading: false }));
  const copiedAfterMs = random.integer(0, activeMs / 2);
  const forgottenMs = random.next() * random.pick([1, 5, 15]) * minuteMs;
  return {
    ...usual,
    showsClientIds: true,
    unitsStayInTrading: false,
    reservations: 0,
    instruments: [first ?? usual.instruments[0], ...others],
    apiOrders: random.integer(3, 12),
    restore: {
      copiedAfterMs,
      isCopiedAtRecord: random.chance(0.5),
      lostAfterMs: Math.min(copiedAfterMs + forgottenMs, activeMs - minuteMs),
      isLostAtRecord: random.chance(0.5),
      restoringMs: random.pick([0, 1]) * random.integer(0, 5 * minuteMs),
    },
  };
}

function drawUsualScenario(random: Random, faultClass: FaultClass): Scenario {
  const lag: BalanceLag = {
    transferCount: random.pick(['counts', 'counts', 'absent', 'stuck']),
    seconds: random.pick([45, 45, 600]),
  };
  const faults = drawFaults(random, faultClass, lag);
  const count = random.pick([1, 1, 2]);
  const unitsStayInTrading = random.chance(0.5);
  const draw = (name: string): SimulatedInstrument => drawInstrument(random, name, unitsStayInTrading);
  const [first, ...others] = names.slice(0, count).map(draw);
  return {
    faultClass,
    faults,
    startsAt: random.pick(starts) + random.integer(0, 600_000),
    activeMs: random.integer(8, 28) * minuteMs,
    skew: random.pick(skews),
    deduplication: random.pick(['none', 'open', 'all']),
    incompleteListsShow: random.pick(['oldest', 'newest', 'some']),
    overTheWire: random.chance(wireShare),
    listOrder: random.pick(['ascending', 'descending']),
    listFilters: random.chance(0.5),
    oldOrders: random.pick([0, 0, 4, 12]),
    showsClientIds: random.chance(0.9),
    transferCount: lag.transferCount,
    unitsStayInTrading,
    balanceLagSeconds: lag.seconds,
    foreignOrders: random.pick(['stop', 'count']),
    pageSize: random.pick([2, 5, 20, 50]),
    exchangeFeeBasisPoints: BigInt(random.pick([0, 10, 50, 100])),
    funds: dollar * BigInt(random.pick([10_000, 10_000, 10_000, 100])),
    mode: random.pick(['LIVE', 'LIVE', 'LIVE', 'LIVE', 'LIVE', 'LIVE', 'LIVE', 'LIVE', 'LIVE', 'DRY_RUN']),
    limits: {
      perOrder: dollar * BigInt(random.pick([20, 1_000])),
      perDay: dollar * BigInt(random.pick([40, 120, 10_000])),
      perMonth: dollar * BigInt(random.pick([60, 50_000])),
      ordersPerHour: BigInt(random.pick([5, 60])),
    },
    instruments: [first ?? draw(names[0]), ...others],
    startingUnits: [random.integer(0, 15), random.integer(0, 15)],
    ...random.pick([
      { sellersEveryMs: 4 * minuteMs, mostUnitsOfSeller: 6 },
      { sellersEveryMs: 20_000, mostUnitsOfSeller: 1 },
    ]),
    consumptionPerMinute: random.pick([0, 0.2, 1, 3]),
    apiOrders: random.integer(0, 10),
    marketOrderShare: random.pick([0.25, 0.25, 0.75]),
    reservations: random.pick([0, 0, 0, 2]),
    maximumRestMs: random.pick([3, 15]) * minuteMs,
    restore: undefined,
  };
}

/** The market that an instrument is traded on. */
export function marketOf({ instruments }: Scenario, instrumentId: string): string {
  const found = instruments.find(({ limits }) => limits.instrumentId === instrumentId);
  if (found === undefined) throw new Error(`There is no instrument ${instrumentId}.`);
  return found.limits.marketId;
}

function drawInstrument(random: Random, symbol: string, unitsStayInTrading: boolean): SimulatedInstrument {
  const maximumPrice = cent * BigInt(random.integer(150, 250));
  const feeBasisPoints = 100n;
  const minimumUnits = BigInt(random.integer(4, 12));
  const policy = reservingPolicy({
    minimumUnits: Number(minimumUnits),
    quantity: random.integer(1, 8),
    limitPrice: formatUsd(maximumPrice),
    maximumPrice: formatUsd(maximumPrice),
    maximumQuantity: 100,
    priceTick: '0.01',
    feeBasisPoints: Number(feeBasisPoints),
  });
  return {
    limits: {
      symbol,
      marketId: `market_${symbol}`,
      instrumentId: `instrument_${symbol}`,
      maximumPrice,
      maximumQuantity: 100n,
      priceTick: cent,
      slippageBasisPoints: 100n,
      feeBasisPoints,
      nativeMarketOrders: random.chance(0.5),
      isPaused: false,
    },
    minimumUnits,
    policy,
    highestPrice: maximumPrice,
    // Where the exchange moves Units by itself it may still be told to: that is the operator's mistake.
    moveFromTrading: random.chance(unitsStayInTrading ? 0.85 : 0.1),
  };
}
