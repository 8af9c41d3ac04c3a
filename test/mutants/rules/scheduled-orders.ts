import type { Mutant, Replacement } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';
const carrying = 'shared/top-up/carry-out.ts';
const observing = 'shared/top-up/observation.ts';
const reviewing = 'shared/top-up/review-instrument.ts';
const reading = 'shared/store/read-items.ts';

const noSlot: Replacement = {
  file: placing,
  find: 'holdsSlot: intent.purpose !== undefined,',
  by: 'holdsSlot: false,',
};

const ownOrdersAreNotTold: Replacement = {
  file: observing,
  find: 'openOrders: own.map(openOrderOf),',
  by: 'openOrders: [],',
};

const otherOrdersAreNotTold: Replacement = {
  file: observing,
  find: 'onOrderElsewhere: elsewhere.toString(),',
  by: "onOrderElsewhere: '0',",
};

const fillsAreNotFollowed: Replacement = {
  file: reviewing,
  find: 'const stock = { supply, onTheWay: unitsOnTheWay(arrivals), isCounted: areCounted(arrivals) };',
  by: 'const stock = { supply, onTheWay: 0n, isCounted: areCounted(arrivals) };',
};

const deliveryIsTheKey: Replacement = {
  file: carrying,
  find: 'orderId: scheduleOrderId({ ...tick, instrument',
  by: 'orderId: scheduleOrderId({ ...tick, scheduledTime: ports.nonce(), instrument',
};

/** The schedule never buys above the need. */
export const scheduledOrders: readonly Mutant[] = [
  {
    name: 'orders that the table leaves for later are taken for gone',
    rule: '3.3',
    faultClass: 'A',
    faults: { storeLeavesUnread: 0.5 },
    breaks: ['I11'],
    replacements: [{ file: reading, find: 'if (unread.length === 0) return found;', by: 'return found;' }],
  },
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
    replacements: [ownOrdersAreNotTold, otherOrdersAreNotTold],
  },
  {
    name: 'each delivery of a tick is a purchase of its own',
    rule: '0.2',
    faultClass: 'A',
    breaks: ['I9', 'I11'],
    replacements: [deliveryIsTheKey],
    secondLayer: {
      name: 'the slot, and what is ordered counts',
      replacements: [noSlot, ownOrdersAreNotTold, otherOrdersAreNotTold],
    },
  },
  {
    name: 'fills on their way to the balance are not counted',
    rule: '3.3',
    faultClass: 'A',
    breaks: ['I11'],
    replacements: [fillsAreNotFollowed],
  },
];
