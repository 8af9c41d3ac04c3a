import type { FaultClass, FaultPlan } from './faults/fault-plan.ts';
import type { Scenario } from './world/scenario.ts';

/** A row of the fault matrix that the simulation shows: see `docs/faults.md`. */
export interface FaultRow {
  readonly title: string;
  /** All others are off. */
  readonly faults: Partial<FaultPlan>;
  readonly scenario?: Partial<Scenario>;
  readonly faultClass?: FaultClass;
  /** Each is found in the journal of some run: that the fault struck, and what came of it. */
  readonly journal: readonly [RegExp, ...RegExp[]];
  /** None is found in the journal of any run while the fault lasts. */
  readonly never?: readonly RegExp[];
}

const found = /UNKNOWN -> (OPEN|PARTIALLY_FILLED|FILLED)/;
const minuteMs = 60_000;

export const faultRows: readonly FaultRow[] = [
  {
    title: 'row 1: the request never arrives',
    faults: { requestLost: 1 },
    journal: [/UNKNOWN -> ABANDONED/],
    never: [/exchange\.taken/],
  },
  {
    title: 'row 2: accepted, answer lost',
    faults: { answerLost: 1 },
    journal: [/UNKNOWN \d+ undefined timeout/, found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 3: the request stalls and arrives late',
    faults: { requestStalled: 0.7 },
    journal: [found, /UNKNOWN -> ABANDONED/],
  },
  {
    title: 'row 4: a limit on the rate',
    faults: { refusal: 1 },
    journal: [/REJECTED \d+ undefined RATE_LIMIT/, /REJECTED -> REJECTED/],
    never: [/exchange\.taken/],
  },
  {
    title: 'row 5: reads fail',
    faults: { readFails: 0.5 },
    journal: [/log\.order-scan-failed/, /log\.check-failed/, /exchange\.taken/],
  },
  {
    title: 'row 6: the exchange fails before it takes the order',
    faults: { exchangeFails: 1 },
    journal: [/UNKNOWN \d+ undefined UNAVAILABLE 503/, /UNKNOWN -> ABANDONED/],
    never: [/exchange\.taken/],
  },
  {
    title: 'row 7: accepted, answered with an error',
    faults: { answerSpoilt: 1 },
    journal: [/UNKNOWN \d+ undefined (http-50\d|RATE_LIMITED) 50\d/, found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 8: accepted, answered with half of it',
    faults: { answerSpoilt: 1 },
    journal: [/UNKNOWN \d+ undefined acceptance-unreadable 201/, found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 9: accepted, answered with a page',
    faults: { answerSpoilt: 1 },
    journal: [/UNKNOWN \d+ undefined acceptance-unreadable 200/, /UNKNOWN \d+ undefined http-502 502/, found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 11: a refusal that lies',
    faults: { lyingRefusal: 1 },
    journal: [/SUBMITTED -> REJECTED/, /REJECTED -> (OPEN|PARTIALLY_FILLED|FILLED)/, /log\.order-seen-late/],
  },
  {
    title: 'row 15: a clock that is 25 s off',
    faults: { answerLost: 0.5 },
    scenario: { skew: { least: -25_000, most: 25_000 } },
    journal: [/exchange\.taken/, found, /log\.clock-off/],
    never: [/EXPIRED_TIMESTAMP/, /ABANDONED/],
  },
  {
    title: 'row 16: a clock that is 45 s off',
    faults: {},
    scenario: { skew: { least: 45_000, most: 45_000 } },
    journal: [/REJECTED \d+ undefined EXPIRED_TIMESTAMP 401/, /exchange\.taken/, /log\.clock-off/],
    never: [/log\.signing-key-refused/],
  },
  {
    title: 'row 17: the exchange refuses the key',
    faults: { keyRefusalsPerHour: 6 },
    journal: [
      /REJECTED \d+ undefined AUTH_FAILED 401/,
      /log\.signing-key-refused/,
      /administrator\s+closes the breaker/,
    ],
  },
  {
    title: 'row 18: no usable key',
    faults: { keyMissing: 0.4 },
    journal: [/SigningKeyMissingError/, /exchange\.taken/],
  },
  {
    title: 'row 19: the key is changed',
    faults: { keyChangesPerHour: 12 },
    scenario: { apiOrders: 30 },
    journal: [/exchange\.revokes-key/, /REJECTED \d+ undefined AUTH_FAILED 401/, /exchange\.taken/],
    never: [/log\.signing-key-refused/],
  },
  {
    title: 'row 21: the table refuses commands',
    faults: { storeFailsBefore: 0.3, storeConflict: 0.4 },
    journal: [/StoreUnavailableError/, /exchange\.taken/],
  },
  {
    title: 'row 21: the table leaves orders for later',
    faults: { storeLeavesUnread: 0.7 },
    journal: [
      /clock\.wait\s+(\S+)\n.*store\.BatchGetItemCommand\s+\1/,
      /log\.check-failed\s.*StoreUnavailableError/,
      /exchange\.taken/,
    ],
  },
  {
    title: "row 22: the table's answers get lost",
    faults: { storeFailsAfter: 0.3 },
    journal: [/StoreUnavailableError/, /exchange\.taken/],
  },
  {
    title: 'row 23: a claim in doubt',
    faults: { storeFailsBefore: 0.2, storeFailsAfter: 0.2 },
    journal: [/log\.order-claim-lost/, /PENDING -> EXPIRED/, /SUBMITTED -> ABANDONED/],
  },
  {
    title: 'row 24: no table after the POST',
    faults: { storeFailsBefore: 0.4 },
    journal: [/log\.order-not-recorded-after-answer/, /SUBMITTED -> (OPEN|PARTIALLY_FILLED|FILLED)/],
  },
  {
    title: 'row 25: a check is faster than the answer',
    faults: { answerLost: 1 },
    // Between the two the POST waits for its answer.
    journal: [/written\s+(\S+) SUBMITTED -> (OPEN|PARTIALLY_FILLED|FILLED)(?!.*\n.*order-answered)/],
  },
  {
    title: 'row 27: killed at any call',
    faults: { kill: 1 },
    journal: [/kill\s+\S+ at store/, /kill\s+\S+ at exchange/, /PENDING -> EXPIRED/, /exchange\.taken/],
  },
  {
    title: 'row 28: frozen at any call',
    faults: { freeze: 1 },
    journal: [/frozen/, /REJECTED \d+ undefined signature-too-old/],
  },
  {
    title: 'row 29: killed while the POST is on the wire',
    faults: { kill: 1 },
    journal: [/kill\s+\S+ at exchange\.post/, /SUBMITTED -> (OPEN|PARTIALLY_FILLED|FILLED)/],
  },
  {
    title: 'row 30: asked three times at once',
    faults: {},
    journal: [/answer\s+(\S+) placed[\s\S]*answer\s+\1 replayed/],
  },
  {
    title: 'row 31: another order under the same key',
    faults: {},
    journal: [/answer\s+\S+ payload-differs/],
  },
  {
    title: 'row 32: repeated after no answer',
    faults: { kill: 0.6 },
    journal: [/kill\s+place#\d+ at (?:store|exchange)[\s\S]*answer\s+\S+ replayed/],
  },
  {
    title: 'row 33: a tick is delivered twice',
    faults: { tickTwice: 1 },
    journal: [/log\.order-replayed\s+tick/],
  },
  {
    title: 'row 35: ticks overlap',
    faults: { tickLate: 0.7, storeIsSlow: 0.5 },
    journal: [/log\.check-failed\s.*OvertakenError/, /exchange\.taken/],
  },
  {
    title: 'row 37: filled in parts',
    faults: {},
    journal: [/PARTIALLY_FILLED -> PARTIALLY_FILLED/, /PARTIALLY_FILLED -> FILLED/],
  },
  {
    title: 'row 38: rejected after it was accepted',
    faults: { rejectedAfterAcceptance: 1, fillDelayMs: 60_000 },
    journal: [/exchange\.rejected/, /OPEN -> REJECTED/, /REJECTED -> REJECTED/],
  },
  {
    title: 'row 39: a cancellation races with a fill',
    faults: { fillDelayMs: 120_000 },
    journal: [/log\.order-cancel-asked[\s\S]*-> CANCELLED/, /log\.order-cancel-asked[\s\S]*-> FILLED/],
  },
  {
    title: 'row 41: a fill after the end',
    faults: { cancelRaceMs: 20_000, fillDelayMs: 120_000 },
    journal: [/CANCELLED -> (CANCELLED|FILLED)/, /log\.order-seen-late/],
  },
  {
    title: 'row 42: balances lag by ten minutes',
    faults: { balanceLagMs: 10 * minuteMs },
    scenario: { consumptionPerMinute: 3 },
    journal: [/log\.top-up-decided\s+\S+ \S+ \S+ [1-9]\S* enough/, /exchange\.filled/],
  },
  {
    title: 'row 43: balances cannot be read',
    faults: { readFails: 0.6 },
    journal: [/log\.check-failed\s.*ExchangeReadError (unreadable|unavailable)/],
  },
  {
    title: 'row 45: listings are incomplete',
    faults: { scanIncomplete: 1, answerLost: 1 },
    journal: [/log\.order-scan-incomplete/, found],
  },
  {
    title: 'row 46: the list ascends and ignores filters',
    faults: { answerLost: 1 },
    scenario: { listOrder: 'ascending', listFilters: false, pageSize: 2 },
    journal: [/exchange\.orders/, found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 47: orders are listed late',
    faults: { listLagMs: 20_000, answerLost: 1 },
    journal: [found],
    never: [/ABANDONED/],
  },
  {
    title: 'row 48: orders come to be half an hour late',
    faults: { admissionLagMs: 30 * minuteMs, answerLost: 1 },
    faultClass: 'B',
    journal: [/UNKNOWN -> ABANDONED/, /ABANDONED -> (OPEN|PARTIALLY_FILLED|FILLED)/, /log\.order-seen-late/],
  },
  {
    title: 'row 49: two orders of one POST',
    faults: { twin: 0.5 },
    faultClass: 'D',
    journal: [/log\.order-duplicate/],
  },
  {
    title: 'row 50: status words that nobody knows',
    faults: { statusUnknown: 0.7 },
    journal: [/log\.order-status-unknown/, /-> FILLED/],
  },
  {
    title: 'row 51: the market is suspended',
    faults: { suspensionsPerHour: 12 },
    journal: [/REJECTED \d+ undefined MARKET_CLOSED/, /exchange\.taken/],
  },
  {
    title: 'row 52: a cap is reached',
    faults: {},
    scenario: {
      limits: {
        perOrder: 20_00000000n,
        perDay: 25_00000000n,
        perMonth: 1_000_00000000n,
        ordersPerHour: 60n,
      },
    },
    journal: [/answer\s+\S+ placed/, /answer\s+\S+ over-budget/],
  },
  {
    title: 'row 54: stopped before the claim',
    faults: { stopWhileSending: 1 },
    journal: [/PENDING -> REJECTED/],
  },
  {
    title: 'row 55: stopped after the claim',
    faults: { stopWhileSending: 1, requestStalled: 0.7 },
    journal: [
      /PENDING -> SUBMITTED[^\n]*(?:\n(?!.*ends)[^\n]*)*administrator\s+[A-Z](?:.*\n(?!.*ends))*.*exchange\.taken/,
    ],
  },
  {
    title: 'row 56: midnight in the middle of orders',
    faults: { fillDelayMs: 900_000 },
    scenario: {
      startsAt: Date.parse('2026-11-30T23:45:10.000Z'),
      activeMs: 45 * 60_000,
      apiOrders: 30,
    },
    journal: [
      /2026-11-30T23:5\d\S+\s+exchange\.taken\s+(\S+) [\s\S]*2026-12-01T\S+\s+exchange\.filled\s+\1 /,
    ],
  },
  {
    title: 'row 57: errors echo secrets',
    faults: { readFails: 0.5, answerSpoilt: 0.5, refusal: 0.3 },
    journal: [/log\.check-failed/, /REJECTED/],
    never: [/canary/i],
  },
  {
    title: 'row 58: the price jumps away',
    faults: { fillDelayMs: 60_000 },
    journal: [/log\.order-cancel-asked/, /(OPEN|PARTIALLY_FILLED) -> CANCELLED/],
  },
  {
    title: 'row 60: an order of ours without a record',
    faults: { orphansPerHour: 6 },
    journal: [/log\.order-orphan/, /administrator\s+closes the breaker/],
  },
  {
    title: 'row 61: the table is restored from a backup',
    faults: {},
    faultClass: 'R',
    scenario: {
      restore: {
        copiedAfterMs: 8 * minuteMs,
        isCopiedAtRecord: true,
        lostAfterMs: 20 * minuteMs,
        isLostAtRecord: true,
        restoringMs: minuteMs,
      },
    },
    journal: [
      /store\.lost[\s\S]*log\.order-adopted\s+\S+ (\S+) [\s\S]*answer\s+\1 replayed/,
      /administrator\s+ends the recovery[\s\S]*exchange\.taken/,
    ],
    never: [/log\.order-orphan/],
  },
];
