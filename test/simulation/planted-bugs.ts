import type { OrderExchange, OrderToSend, PreparedOrder } from '../../shared/orders/exchange-port.ts';
import type { Order } from '../../shared/orders/order.ts';
import type { OrderStore } from '../../shared/orders/store-port.ts';
import type { FaultClass } from './faults/fault-plan.ts';
import { canary } from './invariants/canary.ts';
import { type PortChanges, unchangedPorts } from './workload/port-changes.ts';

/** A rule of the design taken away, by changing a port on its way to the code under test. */
export interface PlantedBug {
  readonly name: string;
  /** Rules that may be the first to be broken. */
  readonly breaks: readonly string[];
  readonly faultClass: FaultClass;
  readonly changes: PortChanges;
}

/** The simulation is worth what it sees: each of these must be found within a few hundred runs. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a client that sends again when it hears nothing',
    breaks: ['I2'],
    faultClass: 'A',
    changes: { ...unchangedPorts, exchange: sendsAgain },
  },
  {
    name: 'a claim that always succeeds',
    breaks: ['I4', 'I6'],
    faultClass: 'A',
    changes: {
      ...unchangedPorts,
      store: (store) => ({
        ...store,
        update: async (before, after) => {
          const outcome = await store.update(before, after);
          return after.state === 'SUBMITTED' ? 'written' : outcome;
        },
      }),
    },
  },
  {
    name: 'refusals that give the money back at once',
    breaks: ['I4'],
    faultClass: 'A',
    changes: updates((before, after) =>
      before.state === 'SUBMITTED' && after.state === 'REJECTED'
        ? { ...after, confirmed: true, reserved: 0n }
        : after,
    ),
  },
  {
    name: 'abandoned orders that give the money back',
    breaks: ['I4'],
    faultClass: 'B',
    changes: updates((_before, after) => (after.state === 'ABANDONED' ? { ...after, reserved: 0n } : after)),
  },
  {
    name: 'orders that reserve nothing',
    breaks: ['I3', 'I4'],
    faultClass: 'A',
    changes: creates((order) => ({ ...order, reserved: 0n })),
  },
  {
    name: 'scheduled orders without a slot',
    breaks: ['I9'],
    faultClass: 'A',
    changes: creates((order) => ({ ...order, holdsSlot: false })),
  },
  {
    name: 'listings that call themselves complete',
    breaks: ['I4', 'I10', 'I11'],
    faultClass: 'A',
    changes: {
      ...unchangedPorts,
      exchange: (exchange) => ({
        ...exchange,
        scanOrders: async (since) => ({ ...(await exchange.scanOrders(since)), complete: true }),
      }),
    },
  },
  {
    name: 'refusals that are logged word for word',
    breaks: ['I7'],
    faultClass: 'A',
    changes: {
      ...unchangedPorts,
      exchange: (exchange) => ({
        ...exchange,
        sendOrder: async (prepared) => {
          const outcome = await exchange.sendOrder(prepared);
          return outcome.kind === 'accepted' ? outcome : { ...outcome, code: `said ${canary}` };
        },
      }),
    },
  },
  {
    name: 'a record that takes over the payload of whoever asks',
    breaks: ['I8', 'I12'],
    faultClass: 'A',
    changes: {
      ...unchangedPorts,
      store: (store) => ({
        ...store,
        create: async (order) => {
          const outcome = await store.create(order);
          if (outcome.kind !== 'exists') return outcome;
          const { payloadFingerprint } = order;
          return { kind: 'exists', order: { ...outcome.order, payloadFingerprint } };
        },
      }),
    },
  },
];

function updates(change: (before: Order, after: Order) => Order): PortChanges {
  const store = (inner: OrderStore): OrderStore => ({
    ...inner,
    update: (before, after) => inner.update(before, change(before, after)),
  });
  return { ...unchangedPorts, store };
}

function creates(change: (order: Order) => Order): PortChanges {
  const store = (inner: OrderStore): OrderStore => ({
    ...inner,
    create: (order) => inner.create(change(order)),
  });
  return { ...unchangedPorts, store };
}

/** What an exchange's own client library does behind one call. */
function sendsAgain(exchange: OrderExchange): OrderExchange {
  const orders = new WeakMap<PreparedOrder, OrderToSend>();
  return {
    ...exchange,
    prepareOrder: async (order) => {
      const prepared = await exchange.prepareOrder(order);
      orders.set(prepared, order);
      return prepared;
    },
    sendOrder: async (prepared) => {
      const outcome = await exchange.sendOrder(prepared);
      const order = orders.get(prepared);
      if (outcome.kind !== 'unknown' || order === undefined) return outcome;
      return exchange.sendOrder(await exchange.prepareOrder(order));
    },
  };
}
