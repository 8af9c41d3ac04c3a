import type { Mutant } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';
const resolving = 'shared/orders/resolve-orders.ts';
const auditing = 'shared/orders/audit-orders.ts';
const matching = 'shared/orders/match-order.ts';
const listing = 'shared/exchange/scan-since.ts';

/** What is listed, compared, alarmed and told. */
export const listings: readonly Mutant[] = [
  {
    name: 'one old row ends a listing',
    rule: '1.6',
    faultClass: 'A',
    overTheWire: true,
    breaks: ['I4', 'I10', 'I11', 'L1'],
    replacements: [
      {
        file: listing,
        find: '  return descended && last !== undefined && last < since;',
        by: '  return times.some((time) => time !== undefined && time < since);',
      },
      {
        file: listing,
        find: 'if (newer === undefined || older === undefined || older > newer) return false;',
        by: 'if (newer === undefined || older === undefined) return false;',
      },
    ],
  },
  {
    name: 'late sightings leave the breaker closed',
    rule: 'L1',
    faultClass: 'A',
    breaks: ['L1'],
    replacements: [
      {
        file: resolving,
        find: "if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);",
        by: '',
      },
    ],
  },
  {
    name: 'the breaker is opened after a late sighting is written',
    rule: 'L1',
    faultClass: 'A',
    breaks: ['L1'],
    replacements: [
      {
        file: resolving,
        find: "  if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);\n  const outcome = await ports.store.update(before, after);",
        by: "  const outcome = await ports.store.update(before, after);\n  if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);",
      },
    ],
  },
  {
    name: 'errors are logged with their text',
    rule: '6.5',
    faultClass: 'A',
    breaks: ['I7'],
    replacements: [
      {
        file: resolving,
        find: "const name = error instanceof Error ? error.name : 'unknown';",
        by: 'const name = String(error);',
      },
    ],
  },
  {
    name: 'another payload gets the same answer',
    rule: '1.5',
    faultClass: 'A',
    breaks: ['I12'],
    replacements: [
      {
        file: placing,
        find: "if (!isRepetition) return { kind: 'payload-differs', order };",
        by: '',
      },
    ],
  },
  {
    name: 'the audit overlooks twins',
    rule: '1.6',
    faultClass: 'D',
    breaks: ['D1'],
    replacements: [
      {
        file: auditing,
        find: "return order.exchangeOrderId === seen.exchangeOrderId ? undefined : 'second';",
        by: 'return undefined;',
      },
    ],
  },
  {
    name: 'the audit overlooks orders that had been given up',
    rule: '1.6',
    faultClass: 'B',
    breaks: ['D2'],
    replacements: [
      {
        file: auditing,
        find: "return isGivenUp ? 'given-up' : undefined;",
        by: 'return undefined;',
      },
    ],
  },
  {
    name: 'an audit that saw a part is done',
    rule: '1.6',
    faultClass: 'D',
    faults: { scanIncomplete: 0.5 },
    breaks: ['D1'],
    replacements: [
      {
        file: auditing,
        find: 'if (listing.complete) await ports.mark.write(',
        by: 'await ports.mark.write(',
      },
    ],
    secondLayer: {
      name: 'audits overlap by forty minutes',
      replacements: [
        { file: auditing, find: 'const overlapMs = 40 * 60_000;', by: 'const overlapMs = 60_000;' },
      ],
    },
  },
  {
    name: 'nobody minds the orders of others',
    rule: '1.6',
    faultClass: 'A',
    faults: { ordersOfOthersPerHour: 6 },
    breaks: ['F1'],
    replacements: [
      {
        file: auditing,
        find: "if (ports.foreignOrders === 'count') return;",
        by: 'return;',
      },
    ],
  },
  {
    name: 'one of several orders that fit is taken for ours',
    rule: '1.6',
    faultClass: 'A',
    faults: { answerLost: 0.6, requestLost: 0.3 },
    scenario: { showsClientIds: false },
    breaks: ['I4', 'I10'],
    replacements: [
      {
        file: matching,
        find: 'if (only === undefined || fitting.length > 1) return undefined;',
        by: 'if (only === undefined) return undefined;',
      },
      { file: matching, find: 'return rivals.length === 0 ? only : undefined;', by: 'return only;' },
    ],
    secondLayer: {
      name: 'orders that only their price can tell apart differ in price',
      replacements: [
        {
          file: placing,
          find: 'holdsTerms: !ports.clientOrderIdsAreShown,',
          by: 'holdsTerms: false,',
        },
      ],
    },
  },
  {
    name: 'orders without a limit where only their price tells orders apart',
    rule: '1.6',
    faultClass: 'A',
    scenario: { showsClientIds: false, marketOrderShare: 1 },
    breaks: ['I10'],
    replacements: [
      {
        file: placing,
        find: 'limits.nativeMarketOrders && clientOrderIdsAreShown;',
        by: 'limits.nativeMarketOrders;',
      },
      {
        file: placing,
        find: '  { clientOrderIdsAreShown }: PlaceOrderPorts,\n',
        by: '  _ports: PlaceOrderPorts,\n',
      },
    ],
  },
];
