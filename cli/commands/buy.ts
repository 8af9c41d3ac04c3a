import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Order, orderSchema } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { planOf } from '../buy/plan.ts';
import { isUnclear, untilKnown } from '../buy/until-known.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import {
  idempotencyKeyText,
  priceText,
  quantityText,
  readInput,
  secondsText,
  symbolText,
} from '../input/read-input.ts';
import { units, usd } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { drawPlan } from '../screens/plan-screen.ts';
import type { Answer, CommandRun } from '../session.ts';
import type { Target } from '../target/target.ts';
import { readStatus } from './status.ts';

const schema = v.pipe(
  v.object({
    market: symbolText,
    units: quantityText,
    price: v.optional(priceText),
    atMarket: v.optional(v.boolean(), false),
    timeInForce: v.optional(v.picklist(['gtc', 'ioc', 'fok', 'day'], 'must be gtc, ioc, fok or day')),
    dryRun: v.optional(v.boolean(), false),
    key: v.optional(idempotencyKeyText),
    wait: secondsText(0, 600),
    yes: v.optional(v.boolean(), false),
  }),
  v.forward(
    v.check(
      ({ price, atMarket }) => (price !== undefined) !== atMarket,
      'or --at-market is needed, and not both',
    ),
    ['price'],
  ),
);

/** Buys: shows what it may cost, asks, sends one order and waits for what becomes of it. */
export const run: CommandRun = async (session, input) => {
  const { dryRun, wait, yes, key: givenKey, ...wanted } = readInput(input, ['market', 'units'], schema);
  const target = await session.target();
  const plan = planOf(wanted, await readStatus(target));
  if (dryRun) {
    const exitCode = plan.obstacles.length === 0 ? 0 : exitCodes.refused;
    return { data: { dryRun: true, ...plan }, text: (look) => drawPlan(plan, look), exitCode };
  }
  await session.confirm(
    `Buy ${units(wanted.units)} of ${plan.instrument} for at most ${usd(plan.costAtMost)}, on ${target.description}?`,
    yes,
  );
  const key = givenKey ?? `cli-${randomUUID()}`;
  session.tell(({ paint }) => paint.dim(`Key ${key}: repeated with --key it buys nothing twice.`));
  const placed = await session.waitFor('Placing the order', () => place(target, key, plan.request));
  const order = await session.waitFor(
    'Waiting for what becomes of it (Ctrl-C stops the waiting, not the order)',
    () => untilKnown(target, placed.order, wait * 1_000, session.interrupted),
  );
  const usable = order.filledQuantity > 0 ? await usableUnits(target, order.instrument) : undefined;
  return answerOf({ idempotencyKey: key, isReplay: placed.isReplay, order, usable });
};

/** For a person who wants to see Units arrive; undefined where that cannot be told. */
async function usableUnits(target: Target, instrument: string): Promise<string | undefined> {
  try {
    const { instruments } = await readStatus(target);
    return instruments.find(({ symbol }) => symbol === instrument)?.usable ?? undefined;
  } catch (error) {
    // What was bought is told all the same.
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

interface Bought {
  readonly idempotencyKey: string;
  /** Whether the key was used before, so that nothing was sent now. */
  readonly isReplay: boolean;
  readonly order: Order;
  readonly usable: string | undefined;
}

async function place(
  target: Target,
  key: string,
  request: object,
): Promise<{ order: Order; isReplay: boolean }> {
  const onceUnclear = `Repeat it with --key ${key}: that buys nothing twice. Or look: grid-buyer orders.`;
  try {
    const { body, headers } = await call(target, {
      schema: orderSchema,
      send: (api) => api.placeOrder(key, request),
      risk: 'may-buy',
      onceUnclear,
    });
    return { order: body, isReplay: headers.get('idempotent-replayed') === 'true' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const data = { ...error.details.data, idempotencyKey: key };
    throw new Failure(error.kind, error.message, { ...error.details, data });
  }
}

function answerOf(bought: Bought): Answer {
  const { idempotencyKey, isReplay, order, usable } = bought;
  const hasBought = order.filledQuantity > 0;
  const isOver = ['REJECTED', 'CANCELLED', 'EXPIRED'].includes(order.state);
  const exitCode = isUnclear(order) ? exitCodes.unclear : isOver && !hasBought ? exitCodes.refused : 0;
  return {
    data: { idempotencyKey, replayed: isReplay, order, usable: usable ?? null },
    text: (look) => draw(bought, look),
    exitCode,
  };
}

function draw({ idempotencyKey: key, isReplay, order, usable }: Bought, { paint }: Look): string {
  const lines = [
    sentence(order, paint),
    ...(usable === undefined ? [] : [`  Ready for use: ${units(usable)} of ${order.instrument}.`]),
    paint.dim(`  order ${order.id}`),
    ...(isReplay ? [paint.dim('  This key was used before: nothing was sent now.')] : []),
  ];
  if (isUnclear(order)) {
    lines.push(
      `Do not order it again with another key. See what becomes of it: grid-buyer order ${order.id}`,
    );
    lines.push(`or repeat it safely with --key ${key}`);
  }
  return lines.join('\n');
}

function sentence(order: Order, paint: Look['paint']): string {
  const { state, filledQuantity, quantity, instrument, averagePrice, spent, limitPrice, reason } = order;
  const why = reason === null ? '' : ` (${reason})`;
  const bought = `${units(filledQuantity)} of ${instrument} at ${usd(averagePrice ?? limitPrice)}, ${usd(spent)} in all`;
  if (isUnclear(order)) {
    return `${paint.yellow('?')} Sent, and it is not known yet what became of it: ${state}${why}.`;
  }
  if (state === 'FILLED') return `${paint.green('✓')} Bought ${bought}.`;
  if (state === 'OPEN') {
    return `${paint.green('✓')} The exchange has it: ${units(quantity)} of ${instrument} at ${usd(limitPrice)} at most, none bought yet.`;
  }
  if (state === 'PARTIALLY_FILLED')
    return `${paint.green('✓')} Bought ${bought}; the rest waits in the book.`;
  return filledQuantity > 0
    ? `${paint.yellow('!')} ${state}${why}: bought ${bought}.`
    : `${paint.red('✗')} ${state}${why}: nothing was bought.`;
}
