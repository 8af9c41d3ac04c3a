import { apiOrderId, payloadFingerprint } from '../../../shared/orders/order-id.ts';
import { placeCallersOrder } from '../../../shared/orders/place-callers-order.ts';
import type { BuyIntent, PlaceOrderResult } from '../../../shared/orders/place-order.ts';
import { newStageSettings } from '../../../shared/settings/settings.ts';
import type { ControlReading } from '../../../shared/store/control-items.ts';
import { limitsUnder } from '../world/limits-under.ts';
import type { World } from '../world/world.ts';
import type { Platform } from './invoke.ts';

const requestTimeoutMs = 25_000;
const mostAttempts = 4;
const repetitionsAroundRestore = 3;
const equalKeysEqualAnswers = {
  number: 'I12',
  sentence:
    'Equal keys give equal answers but for the state, and another payload under a key changes nothing.',
};

/** What a caller wants, whatever the settings are. */
type Wish = Omit<BuyIntent, 'control'>;

/** Draws what a caller wants. Its key is as good as the number of the wish. */
function drawIntent(world: World, wish: number): Wish {
  const { random, scenario } = world;
  const { limits } = random.pick(scenario.instruments);
  // Callers want the same thing again and again: orders that only their ids tell apart.
  const isUsual = random.chance(0.4);
  const quantity = isUsual ? 3n : BigInt(random.integer(1, 10));
  const cents = BigInt(random.integer(50, 250)) * limits.priceTick;
  const price = isUsual || cents > limits.maximumPrice ? limits.maximumPrice : cents;
  return intentOf(
    {
      principal: 'arn:aws:iam::123456789012:role/app',
      source: 'api',
      limits,
      quantity,
      limitPrice: random.chance(scenario.marketOrderShare) ? undefined : price,
      timeInForce: random.pick(['gtc', 'gtc', 'gtc', 'ioc']),
    },
    wish,
  );
}

function intentOf(wanted: Omit<Wish, 'orderId' | 'payloadFingerprint'>, wish: number): Wish {
  const identity = { stage: 'simulation', accountId: '123456789012', principal: wanted.principal };
  return {
    ...wanted,
    orderId: apiOrderId({ ...identity, idempotencyKey: `wish-${wish}-of-this-run` }),
    payloadFingerprint: payloadFingerprint({
      marketId: wanted.limits.marketId,
      quantity: wanted.quantity.toString(),
      limitPrice: wanted.limitPrice?.toString(),
      timeInForce: wanted.timeInForce,
    }),
  };
}

/**
 * A caller that asks, asks twice at once, asks again when it hears nothing, or asks for something else by mistake. Where the
 * table is lost on the way, it asks again at any time until a moment.
 */
export function callApi(world: World, platform: Platform, wish: number, repeatsUntil: number): void {
  const { random, kernel, scenario } = world;
  const intent = drawIntent(world, wish);
  const copies = random.pick([1, 1, 1, 2, 3]);
  for (let copy = 0; copy < copies; copy += 1) ask(world, platform, intent, 1);
  if (random.chance(0.3)) {
    kernel.schedule(random.integer(0, 600_000), () => ask(world, platform, intent, mostAttempts));
  }
  for (let again = 0; scenario.restore !== undefined && again < repetitionsAroundRestore; again += 1) {
    const waitMs = random.integer(0, repeatsUntil - kernel.now());
    kernel.schedule(waitMs, () => ask(world, platform, intent, mostAttempts));
  }
  if (random.chance(0.2)) {
    const other = intentOf({ ...intent, quantity: intent.quantity + 1n }, wish);
    kernel.schedule(random.integer(0, 30_000), () => ask(world, platform, other, mostAttempts));
  }
}

function ask(world: World, platform: Platform, intent: Wish, attempt: number): void {
  const { random, kernel, statistics } = world;
  statistics.apiCalls += 1;
  platform.invoke({
    name: 'place',
    timeoutMs: requestTimeoutMs,
    usualCalls: 8,
    handle: async (ports) => {
      const wishUnder = (control: ControlReading) => {
        const settings = control.stored.settings ?? newStageSettings;
        return { ...intent, control, limits: limitsUnder(intent.limits, settings) };
      };
      examine(world, intent, await placeCallersOrder(ports, wishUnder));
    },
    onFailure: () => {
      if (attempt >= mostAttempts || random.chance(0.3)) return;
      kernel.schedule(random.integer(500, 40_000), () => ask(world, platform, intent, attempt + 1));
    },
  });
}

/** What the caller is told, against what is on record. */
function examine(world: World, intent: Wish, result: PlaceOrderResult): void {
  const { statistics } = world;
  world.journal.write('answer', `${intent.orderId} ${result.kind}`);
  if (result.kind === 'stopped') statistics.stopped += 1;
  if (result.kind === 'over-budget' || result.kind === 'too-many-orders') statistics.overBudget += 1;
  if (!('order' in result)) return;
  const { first, lost, isAdopted = false } = world.facts.records.get(intent.orderId) ?? {};
  if (lost !== undefined && result.kind === 'replayed') statistics.replayedAfterRestore += 1;
  if (isAdopted && result.kind === 'replayed') statistics.adoptedReplayed += 1;
  // What was asked for under the key of an order that was taken up is not known any more.
  const isOwn = isAdopted || first?.payloadFingerprint === intent.payloadFingerprint;
  const find = (finding: string): void => world.hold(equalKeysEqualAnswers, `${intent.orderId} ${finding}`);
  if (result.order.orderId !== intent.orderId) find('was answered with another order');
  if (first === undefined) find('was answered with an order that is not on record');
  else if (isOwn === (result.kind === 'payload-differs')) find(`was answered ${result.kind}`);
}
