import type { Mutant } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';
const observing = 'shared/orders/observe.ts';
const budgets = 'shared/store/budget-items.ts';
const resolving = 'shared/orders/resolve-orders.ts';
const cancelling = 'shared/orders/cancel-order.ts';
const reserving = 'shared/ledger/reservation.ts';

/** The books never fall below reality. */
export const money: readonly Mutant[] = [
  {
    name: 'orders reserve nothing',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I3', 'I4', 'L2'],
    replacements: [
      {
        file: placing,
        find: 'reserved: reservationFor(quantity, limitPrice, limits.feeBasisPoints),',
        by: 'reserved: 0n,',
      },
    ],
  },
  {
    name: 'no allowance for fees',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I4'],
    replacements: [
      { file: reserving, find: 'return gross + feeOf(gross, feeBasisPoints);', by: 'return gross;' },
    ],
  },
  {
    name: 'money in floating point, rounded to cents',
    rule: '2.2',
    faultClass: 'A',
    breaks: ['I4'],
    replacements: [
      {
        file: reserving,
        find: 'return gross + feeOf(gross, feeBasisPoints);',
        by: 'return BigInt(Math.floor((Number(gross) / 1e6) * (1 + Number(feeBasisPoints) / 1e4))) * 1_000_000n;',
      },
    ],
  },
  {
    name: 'budgets without a condition',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I3', 'I4'],
    replacements: [
      {
        file: budgets,
        find: "'(attribute_not_exists(#used) AND :amount <= :cap) OR #used <= :room'",
        by: "'attribute_not_exists(#used) OR #used >= :zero'",
      },
    ],
  },
  {
    name: 'an end releases the rest at first sight',
    rule: '2.4',
    faultClass: 'A',
    breaks: ['I3', 'I4'],
    replacements: [
      {
        file: observing,
        find: 'const confirmed = !isLive(state) && (order.confirmed || isSeenAgain(order, state, seen.shownAt));',
        by: 'const confirmed = !isLive(state);',
      },
    ],
  },
  {
    name: 'believes an older sight',
    rule: 'O4',
    faultClass: 'A',
    faults: { listLagMs: 20_000, tickTwice: 0.4, cancelRaceMs: 20_000 },
    scenario: { sellersEveryMs: 20_000, mostUnitsOfSeller: 1 },
    breaks: ['I3', 'I4', 'I8'],
    replacements: [{ file: observing, find: '  if (isOutOfDate) return undefined;\n', by: '' }],
  },
  {
    name: 'more than was reserved is written and the breaker stays closed',
    rule: '2.5',
    faultClass: 'A',
    faults: { bookMoves: 1 },
    scenario: { marketOrderShare: 1 },
    breaks: ['L2'],
    replacements: [
      {
        file: resolving,
        find: "  if (isOverrun(before, after)) await alarm(ports, 'budget-overrun', before, after);\n",
        by: '',
      },
    ],
  },
  {
    name: 'a cancellation records what must open the breaker',
    rule: '2.5',
    faultClass: 'A',
    faults: { bookMoves: 1, fillDelayMs: 120_000 },
    scenario: { marketOrderShare: 1, apiOrders: 20 },
    breaks: ['L1', 'L2'],
    replacements: [
      { file: cancelling, find: ' || isOverrun(order, next) || isLateSighting(order, next)', by: '' },
    ],
  },
];
