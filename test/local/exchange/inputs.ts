import * as fc from 'fast-check';
import type { FaultInput } from '../../../local/exchange/faults/fault-schema.ts';
import type { ModesChange } from '../../../local/exchange/modes.ts';

/** One thing that may happen to an exchange, chosen before anything is known about its orders. */
export type Step =
  | { readonly kind: 'order'; readonly order: Record<string, unknown>; readonly fault: FaultInput | null }
  | { readonly kind: 'cancel'; readonly which: number; readonly fault: FaultInput | null }
  | { readonly kind: 'update'; readonly which: number; readonly change: Record<string, unknown> }
  | { readonly kind: 'cancel-all' }
  | { readonly kind: 'transfer'; readonly quantity: number }
  | { readonly kind: 'admin'; readonly operation: AdminStep; readonly input: unknown }
  | { readonly kind: 'fill'; readonly which: number }
  | { readonly kind: 'wait'; readonly milliseconds: number };

const adminSteps = [
  'setModes',
  'setUsd',
  'grantUnits',
  'consumeUnits',
  'setBurn',
  'setBook',
  'moveBook',
  'sellToBids',
  'postAsks',
  'scheduleAsks',
  'setSellers',
  'setMarketStatus',
  'placeDashboardOrder',
  'setClock',
] as const;

type AdminStep = (typeof adminSteps)[number];

const CHAT_PRIME = 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c';
const market = fc.constantFrom('chat-prime', 'chat-fast');
const price = fc.integer({ min: 180, max: 260 }).map((cents) => (cents / 100).toFixed(2));
const units = fc.integer({ min: 1, max: 60 });
const quotes = fc.array(fc.record({ price, quantity: units }), { minLength: 1, maxLength: 3 });

const order = fc.record(
  {
    market_id: fc.constant(CHAT_PRIME),
    side: fc.constantFrom('buy', 'buy', 'sell'),
    type: fc.constant('limit'),
    quantity: units,
    price,
    time_in_force: fc.constantFrom('gtc', 'ioc', 'fok', 'day'),
    client_order_id: fc.integer({ min: 1, max: 8 }).map((number) => `order-${number}`),
  },
  { requiredKeys: ['market_id', 'side', 'type', 'quantity', 'price'] },
);

const orderFault: fc.Arbitrary<FaultInput | null> = fc.option(
  fc
    .constantFrom<FaultInput['effect']>(
      { kind: 'late-acceptance', seconds: 90, connection: '504' },
      { kind: 'html' },
      { kind: 'empty' },
      { kind: 'market-suspended' },
    )
    .map((effect) => ({ endpoint: 'POST /orders', effect })),
  { freq: 4 },
);

const cancelFault: fc.Arbitrary<FaultInput | null> = fc.option(
  fc
    .constantFrom<FaultInput['effect']>(
      { kind: 'fill-during-cancel', units: 2 },
      { kind: 'fill-during-cancel', units: 5_000_000 },
      { kind: 'late-acceptance', seconds: 5, connection: '504' },
    )
    .map((effect) => ({ endpoint: 'DELETE /orders/{id}', effect })),
  { freq: 2 },
);

const modes = fc.constantFrom<ModesChange>(
  { transfer: 'delayed', transferDelaySeconds: 45 },
  { transfer: 'immediate', feeRate: '0.003' },
  { transfer: 'sweep' },
  { transfer: 'off', cancelDelaySeconds: 20 },
  { clientOrderIds: 'accept', lotLifetimeSeconds: 300 },
  { accountMode: 'auto' },
  { accountMode: 'advanced', clientOrderIds: 'refuse' },
);

const adminInputs: Readonly<Record<AdminStep, fc.Arbitrary<unknown>>> = {
  setModes: modes,
  setUsd: fc.record({ available: fc.constantFrom('0', '12.5', '400') }),
  grantUnits: fc.record({ instrument: market, units, account: fc.constantFrom('trading', 'consumption') }),
  consumeUnits: fc.record({ instrument: market, units: fc.constantFrom('0.5', '3') }),
  setBurn: fc.record({ instrument: market, unitsPerMinute: fc.constantFrom('0', '0.33333333', '1.7') }),
  setBook: fc.record({ market, asks: quotes, bids: quotes }),
  moveBook: fc.record({ market, asks: quotes, bids: quotes }, { requiredKeys: ['market'] }),
  sellToBids: fc.record({ market, price, units }),
  postAsks: fc.record({ market, asks: quotes }),
  scheduleAsks: fc.record({
    market,
    steps: fc.array(fc.record({ afterSeconds: fc.constantFrom(0, 0.0005, 60), asks: quotes }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  setSellers: fc.record({
    market,
    enabled: fc.boolean(),
    intervalSeconds: fc.constantFrom(7, 30),
    spikeProbability: fc.constantFrom(0, 0.3),
    thinProbability: fc.constantFrom(0, 0.3),
  }),
  setMarketStatus: fc.record({ market, status: fc.constantFrom('active', 'suspended') }),
  placeDashboardOrder: fc.record({ market, quantity: units, price }),
  setClock: fc.constantFrom(
    { advanceSeconds: 0.4 },
    { advanceSeconds: 45 },
    { advanceSeconds: 15_000 },
    { mode: 'real' },
    { mode: 'accelerated', factor: 7.3 },
    { mode: 'stepped' },
  ),
};

const admin: fc.Arbitrary<Step> = fc
  .constantFrom(...adminSteps)
  .chain((operation) => adminInputs[operation].map((input) => ({ kind: 'admin', operation, input })));

const which = fc.nat({ max: 30 });
const kind = <Kind extends string>(name: Kind) => fc.constant(name);

/** Any step. Orders come often, because everything else needs them. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: kind('order'), order, fault: orderFault }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('cancel'), which, fault: cancelFault }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('update'), which, change: fc.record({ price, quantity: units }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('cancel-all') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('transfer'), quantity: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: admin },
  { weight: 1, arbitrary: fc.record({ kind: kind('fill'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('wait'), milliseconds: fc.constantFrom(1, 999, 61_234, 3_600_001) }),
  },
);
