import type { PolicySet, Statement } from '../../../local/permissions/policies/policy.ts';
import { deploymentTag } from '../../../shared/orders/order-id.ts';
import { administratorOf } from '../../support/administrator.ts';
import type { World } from './world.ts';

/** One thing that the service is asked to do. It begins in a new world. */
export interface Step {
  readonly name: string;
  /** Brings the world to where it begins, with all grants in force. */
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly act: (world: World) => Promise<unknown>;
  /** Its functions start anew, and so read the signing key: they keep it for minutes, as in AWS. */
  readonly isCold?: true;
  /** Policies under which it happens: some grants are for what is done when others are missing. */
  readonly under?: (policies: PolicySet) => PolicySet;
}

const limitOrder = { market: 'chat-prime', type: 'limit', quantity: 2, price: '2.50' };
/** Below what anybody asks for. */
const patientOrder = { ...limitOrder, price: '1.00' };
const hourMs = 3_600_000;
const transferPost = 'POST /transfers/trading-to-consumption';
let lastId = '';
let lastKey = '';

const idIn = (body: unknown): string => String(Reflect.get(Object(body), 'id'));

async function place(world: World, order: object): Promise<void> {
  lastKey = world.newKey();
  const { body } = await world.service.api.placeOrder(lastKey, order);
  lastId = idIn(body);
}

const batch = (fromHours: number) => ({
  market: 'chat-prime',
  units: '12.5',
  neededFrom: new Date(Date.now() + fromHours * hourMs).toISOString(),
  neededUntil: new Date(Date.now() + 4 * hourMs).toISOString(),
});

async function reserve(world: World, fromHours = 2): Promise<void> {
  lastKey = world.newKey();
  lastId = idIn((await world.service.api.makeReservation(lastKey, batch(fromHours))).body);
}

const bySchedule = (world: World) => world.service.stack.fireSchedule();

/** Steps of one of the two functions that check the balances. */
function checkSteps(who: string, check: (world: World) => Promise<unknown>): readonly Step[] {
  const step = (
    name: string,
    prepare: (world: World) => Promise<unknown>,
    act: (world: World) => Promise<unknown> = check,
  ): Step => ({ name: `${who} ${name}`, prepare, act });
  const nothing = async (): Promise<void> => {};
  return [
    { ...step('buys', nothing), isCold: true },
    step('settles what was bought and moves Units', bySchedule),
    step('settles orders of others', (world) => place(world, limitOrder)),
    step('settles a transfer', async (world) => {
      await bySchedule(world);
      await bySchedule(world);
    }),
    step('finds a transfer whose answer was lost', async (world) => {
      const { admin } = world.service.exchange;
      admin.grantUnits({ instrument: 'chat-prime', units: 20, account: 'trading' });
      admin.addFault({ endpoint: transferPost, stage: 'after', effect: { kind: 'reset' } });
      await bySchedule(world);
    }),
    step('finds an order whose answer was lost', async (world) => {
      const { admin } = world.service.exchange;
      admin.addFault({ endpoint: 'POST /orders', stage: 'after', effect: { kind: 'reset' } });
      await place(world, limitOrder);
    }),
    step('notices Units that wait', async (world) => {
      const { admin } = world.service.exchange;
      admin.grantUnits({ instrument: 'chat-prime', units: 50, account: 'trading' });
      admin.grantUnits({ instrument: 'chat-prime', units: 50, account: 'consumption' });
    }),
    step('looks after a reservation', (world) => reserve(world, -1)),
    step('stops all buying over an order that nobody recorded', async ({ service }) => {
      const clientOrderId = `g1a-${deploymentTag('threshold')}${'q'.repeat(22)}`;
      const order = { market: 'chat-prime', side: 'buy', quantity: 1, price: '1.00', clientOrderId } as const;
      service.exchange.admin.placeDashboardOrder(order);
    }),
    step('sees an order that somebody placed by hand', async ({ service }) => {
      const order = { market: 'chat-prime', side: 'buy', quantity: 1, price: '1.00' } as const;
      service.exchange.admin.placeDashboardOrder(order);
    }),
    step('is refused by the exchange', async ({ service }) => {
      service.exchange.admin.addFault({
        endpoint: 'GET *',
        when: { always: true },
        effect: { kind: 'status', status: 401, json: { error: { code: 'AUTH_FAILED' } } },
      });
    }),
  ];
}

/** Takes the statements from a role that are about what matches. */
function lacking(role: RegExp, action: RegExp) {
  const keeps = ({ actions }: Statement): boolean => !actions.some((one) => action.test(one));
  return (policies: PolicySet): PolicySet => ({
    ...policies,
    roles: new Map(
      [...policies.roles].map(([arn, statements]) => [
        arn,
        role.test(arn) ? statements.filter(keeps) : statements,
      ]),
    ),
  });
}

/** A tour of everything that the service does. */
export const steps: readonly Step[] = [
  { name: 'place an order', act: (world) => place(world, limitOrder), isCold: true },
  {
    name: 'place a market order',
    act: (world) => place(world, { market: 'chat-prime', type: 'market', quantity: 2 }),
  },
  {
    name: 'place it again',
    prepare: (world) => place(world, limitOrder),
    act: ({ service }) => service.api.placeOrder(lastKey, limitOrder),
  },
  {
    name: 'cancel an order',
    isCold: true,
    prepare: (world) => place(world, patientOrder),
    act: ({ service }) => service.api.delete(`/orders/${lastId}`),
  },
  {
    name: 'cancel an order that is filled meanwhile',
    prepare: async (world) => {
      await place(world, patientOrder);
      const effect = { kind: 'fill-during-cancel' } as const;
      world.service.exchange.admin.addFault({ endpoint: 'DELETE /orders/{id}', effect });
    },
    act: ({ service }) => service.api.delete(`/orders/${lastId}`),
  },
  {
    name: 'cancel an order of a check that is filled meanwhile',
    prepare: async (world) => {
      world.offer('3.00');
      await bySchedule(world);
      const { admin } = world.service.exchange;
      lastId = String(admin.orders()[0]?.clientOrderId);
      admin.addFault({ endpoint: 'DELETE /orders/{id}', effect: { kind: 'fill-during-cancel' } });
    },
    act: ({ service }) => service.api.delete(`/orders/${lastId}`),
  },
  { name: 'list orders', act: ({ service }) => service.api.get('/orders') },
  {
    name: 'show an order',
    prepare: (world) => place(world, patientOrder),
    act: ({ service }) => service.api.get(`/orders/${lastId}`),
  },
  { name: 'show the balances', act: ({ service }) => service.api.get('/balances') },
  { name: 'stop all buying', act: ({ service }) => service.api.stop() },
  { name: 'reserve capacity', act: (world) => reserve(world) },
  {
    name: 'reserve it again',
    prepare: (world) => reserve(world),
    act: ({ service }) => service.api.makeReservation(lastKey, batch(2)),
  },
  { name: 'list reservations', act: ({ service }) => service.api.get('/reservations') },
  {
    name: 'show a reservation',
    prepare: (world) => reserve(world),
    act: ({ service }) => service.api.get(`/reservations/${lastId}`),
  },
  {
    name: 'cancel a reservation',
    prepare: (world) => reserve(world),
    act: ({ service }) => service.api.delete(`/reservations/${lastId}`),
  },
  { name: 'list decisions', act: ({ service }) => service.api.get('/decisions?instrument=chat-prime') },
  {
    name: 'show the status',
    prepare: (world) => place(world, patientOrder),
    act: ({ service }) => service.api.get('/status'),
  },
  { name: 'answer a path that there is not', act: ({ service }) => service.api.get('/nothing') },
  { name: 'examine the account', act: (world) => world.changeKeys('examine'), isCold: true },
  { name: 'show the keys', act: (world) => world.changeKeys('show'), isCold: true },
  {
    name: 'make the pending key current',
    prepare: (world) => world.storePendingKey(),
    act: (world) => world.changeKeys('promote'),
    isCold: true,
  },
  {
    name: 'end a rotation',
    prepare: async (world) => {
      await world.storePendingKey();
      await world.changeKeys('promote');
    },
    act: (world) => world.changeKeys('finish'),
    isCold: true,
  },
  {
    name: 'the administrator looks at what is set and what may be',
    act: ({ control }) => administratorOf(control).show(),
  },
  {
    name: 'the administrator looks at the history',
    act: ({ control }) => administratorOf(control).history(),
  },
  {
    name: 'the administrator changes the settings',
    prepare: bySchedule,
    act: ({ control }) => administratorOf(control).set('spendingLimits.perDay', '100.00'),
  },
  {
    name: 'the administrator goes back to what was set before',
    prepare: async (world) => {
      await bySchedule(world);
      await administratorOf(world.control).become('PAUSED');
    },
    act: ({ control }) => administratorOf(control).restore(1),
  },
  {
    name: 'the administrator closes the breaker',
    prepare: ({ service }) => service.api.stop(),
    act: ({ control }) => administratorOf(control).closeBreaker(),
  },
  ...checkSteps('the schedule', bySchedule),
  ...checkSteps('a caller', ({ service }) => service.api.checkNow()),
  {
    name: 'keep an event that may not be handed over',
    act: bySchedule,
    under: lacking(/BalanceChecksRole/, /^lambda:/),
  },
  {
    name: 'keep an event whose function fails',
    // A time that the function does not understand.
    act: ({ service }) => service.stack.fireSchedule(undefined, new Date(8.64e15)),
  },
];
