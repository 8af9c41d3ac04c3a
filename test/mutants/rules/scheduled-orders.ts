import type { Mutant, Replacement } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';
const checking = 'shared/top-up/check-balances.ts';

const noSlot: Replacement = {
  file: placing,
  find: 'holdsSlot: intent.purpose !== undefined,',
  by: 'holdsSlot: false,',
};

const nothingIsIncoming: Replacement = {
  file: checking,
  find: 'incoming: (ordered + byOthers) * decimalScale + maximum(onTheWay, betweenAccounts),',
  by: 'incoming: 0n,',
};

const deliveryIsTheKey: Replacement = {
  file: checking,
  find: 'orderId: scheduleOrderId({ ...tick, instrument: limits.symbol }),',
  by: 'orderId: scheduleOrderId({ ...tick, scheduledTime: ports.nonce(), instrument: limits.symbol }),',
};

/** The schedule never buys above the need. */
export const scheduledOrders: readonly Mutant[] = [
  {
    name: 'two scheduled orders at once',
    rule: '3.1',
    faultClass: 'A',
    breaks: ['I9'],
    replacements: [noSlot],
  },
  {
    name: 'what is ordered is not counted',
    rule: '3.3',
    faultClass: 'A',
    breaks: ['I11'],
    replacements: [nothingIsIncoming],
  },
  {
    name: 'each delivery of a tick is a purchase of its own',
    rule: '0.2',
    faultClass: 'A',
    breaks: ['I9', 'I11'],
    replacements: [deliveryIsTheKey],
    secondLayer: {
      name: 'the slot, and what is ordered counts',
      replacements: [noSlot, nothingIsIncoming],
    },
  },
  {
    name: 'fills on their way to the balance are not counted',
    rule: '3.3',
    faultClass: 'A',
    breaks: ['I11'],
    replacements: [
      { file: checking, find: 'const onTheWay = unitsOnTheWay(arrivals);', by: 'const onTheWay = 0n;' },
    ],
  },
];
