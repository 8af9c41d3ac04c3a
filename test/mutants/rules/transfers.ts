import type { Mutant } from '../mutant.ts';

const moving = 'shared/transfers/move-units.ts';
const settling = 'shared/transfers/settle-transfer.ts';
const storing = 'shared/store/transfer-store.ts';
const observing = 'shared/top-up/observation.ts';
const reading = 'shared/top-up/supply.ts';

const lateBalances = { balanceLagMs: 600_000, transferDelayMs: 0 };
/** Only what we remember of a transfer says where its Units are. */
const lateAndUncounted = {
  unitsStayInTrading: true,
  transferCount: 'absent',
  balanceLagSeconds: 600,
  // Units wait for longer than balances lag before they are needed.
  activeMs: 90 * 60_000,
  sellersEveryMs: 20_000,
  consumptionPerMinute: 1,
  apiOrders: 2,
} as const;

/** A transfer is sent once, settled by the history, and its Units are counted wherever they are. */
export const transfers: readonly Mutant[] = [
  {
    name: 'a transfer is sent without its claim',
    rule: 'M1',
    faultClass: 'A',
    scenario: { unitsStayInTrading: true },
    breaks: ['M1'],
    replacements: [
      { file: moving, find: "if (claim !== 'written') return", by: 'if (claim === undefined) return' },
    ],
  },
  {
    name: 'a transfer is sent again when nothing is heard of it',
    rule: 'M1',
    faultClass: 'A',
    scenario: { unitsStayInTrading: true },
    breaks: ['M1'],
    replacements: [
      {
        file: moving,
        find: '  const outcome = await send(ports, prepared);',
        by: `  let outcome = await send(ports, prepared);
  if (outcome.kind === 'unknown') outcome = await send(ports, await ports.exchange.prepareTransfer(intent));`,
      },
    ],
  },
  {
    name: 'nothing checks the switch when a transfer is claimed',
    rule: 'R10',
    faultClass: 'A',
    faults: { stopWhileSending: 0.8 },
    scenario: { unitsStayInTrading: true },
    breaks: ['M2'],
    replacements: [
      {
        file: storing,
        find: "if (before.state === 'PENDING' && after.state === 'SUBMITTED') {",
        by: "if (before.state === 'DONE' && after.state === 'SUBMITTED') {",
      },
    ],
  },
  {
    name: 'two transfers of an instrument at once',
    rule: 'M3',
    faultClass: 'A',
    faults: { answerLost: 0.5, requestStalled: 0.5 },
    scenario: { unitsStayInTrading: true, skew: { least: 0, most: 0 }, consumptionPerMinute: 3 },
    breaks: ['M3', 'M4'],
    replacements: [
      {
        file: storing,
        find: "    ['slot', takeFor(tableName, slotKey(transfer), transfer.transferId)],\n",
        by: '',
      },
      {
        file: storing,
        find: "    writes.push(['slot', giveBack(tableName, slotKey(after), transferId)]);",
        by: '',
      },
    ],
  },
  {
    name: 'a refusal of a transfer is believed at once',
    rule: 'M4',
    faultClass: 'A',
    faults: { lyingRefusal: 0.5 },
    scenario: { unitsStayInTrading: true },
    breaks: ['M3', 'M4', 'I11'],
    replacements: [
      {
        file: moving,
        find: "return { state: 'REJECTED', reason: outcome.code, responseStatus: outcome.status };",
        by: "return { state: 'REJECTED', confirmed: true, reason: outcome.code, responseStatus: outcome.status };",
      },
    ],
  },
  {
    name: 'a transfer that the history does not show yet is given up',
    rule: 'M4',
    faultClass: 'A',
    faults: { answerLost: 0.6, listLagMs: 20_000 },
    scenario: { unitsStayInTrading: true },
    breaks: ['M3', 'M4'],
    replacements: [
      {
        file: settling,
        find: 'if (ports.clock.now() < (transfer.notAfter ?? Number.POSITIVE_INFINITY)) return undefined;',
        by: '',
      },
      {
        file: settling,
        find: 'now - transfer.createdAt < missAfterMs || now - (transfer.missedAt ?? 0) < betweenMissesMs',
        by: 'false',
      },
      { file: settling, find: 'if (misses < missesUntilAbandoned)', by: 'if (misses < 1)' },
    ],
  },
  {
    name: 'Units that wait in the trading account are not counted',
    rule: '3.3',
    faultClass: 'A',
    scenario: { unitsStayInTrading: true, consumptionPerMinute: 3 },
    breaks: ['I11'],
    replacements: [
      {
        file: observing,
        find: 'const waiting = supply.inTrading + supply.beingMoved;',
        by: 'const waiting = supply.beingMoved;',
      },
    ],
  },
  {
    name: 'Units bought just now are taken for those that wait',
    rule: '3.3',
    faultClass: 'A',
    faults: { balanceLagMs: 40_000, transferDelayMs: 0, fillDelayMs: 120_000 },
    scenario: { unitsStayInTrading: true, consumptionPerMinute: 3, sellersEveryMs: 20_000, apiOrders: 0 },
    breaks: ['I11'],
    replacements: [
      {
        file: observing,
        find: 'return isCounted ? maximum(onTheWay, waiting) : onTheWay + waiting;',
        by: 'return isCounted === undefined ? 0n : maximum(onTheWay, waiting);',
      },
    ],
  },
  {
    name: 'Units being moved are not counted',
    rule: '3.3',
    faultClass: 'A',
    faults: lateBalances,
    scenario: lateAndUncounted,
    breaks: ['I11'],
    replacements: [
      {
        file: reading,
        find: 'unitsBeingMoved(supply.transfers, instrument.symbol, supply.at, supply.balanceLagMs)',
        by: 'unitsBeingMoved([], instrument.symbol, supply.at, supply.balanceLagMs)',
      },
    ],
  },
  {
    name: 'Units being moved are counted for ninety seconds, however late balances are',
    rule: '3.3',
    faultClass: 'A',
    faults: lateBalances,
    scenario: lateAndUncounted,
    breaks: ['I11'],
    replacements: [
      {
        file: 'shared/transfers/units-to-move.ts',
        find: 'return balanceLagMs + readingAgeMs;',
        by: 'return Math.min(90_000, balanceLagMs + readingAgeMs);',
      },
    ],
  },
];
