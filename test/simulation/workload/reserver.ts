import { decimalScale } from '../../../shared/ledger/decimal.ts';
import { cancelReservation } from '../../../shared/top-up/reservations/cancel-reservation.ts';
import {
  type MakeReservationResult,
  makeReservation,
  type ReservationIntent,
} from '../../../shared/top-up/reservations/make-reservation.ts';
import { reservationIdOf } from '../../../shared/top-up/reservations/reservation-id.ts';
import type { World } from '../world/world.ts';
import type { Platform } from './invoke.ts';
import { stage } from './stage.ts';

const requestTimeoutMs = 25_000;
const minuteMs = 60_000;
const principal = 'arn:aws:iam::123456789012:role/batch';
const answersAreTrue = {
  number: 'V3',
  sentence:
    'Who makes or cancels a reservation is told what is on record, and another payload changes nothing.',
};

/** Somebody reserves for a batch, asks twice or for something else under the same key, and may think better of it. */
export function reserveSome(world: World, platform: Platform, wish: number): void {
  const { random, kernel } = world;
  const intent = drawIntent(world, wish);
  const copies = random.pick([1, 1, 2]);
  for (let copy = 0; copy < copies; copy += 1) reserve(world, platform, intent);
  if (random.chance(0.5)) kernel.schedule(random.integer(0, 120_000), () => reserve(world, platform, intent));
  if (random.chance(0.2)) {
    const other = { ...intent, terms: { ...intent.terms, units: intent.terms.units + 1n } };
    kernel.schedule(random.integer(0, 30_000), () => reserve(world, platform, other));
  }
  if (random.chance(0.5)) {
    kernel.schedule(random.integer(0, 15 * minuteMs), () => cancel(world, platform, intent.reservationId));
  }
}

function drawIntent({ random, scenario, kernel }: World, wish: number): ReservationIntent {
  const { limits } = random.pick(scenario.instruments);
  const neededFrom = kernel.now() + random.integer(-5 * minuteMs, 20 * minuteMs);
  const idempotencyKey = `batch-${wish}-of-this-run`;
  return {
    reservationId: reservationIdOf({ stage, accountId: '123456789012', principal, idempotencyKey }),
    principal,
    instrument: limits.symbol,
    terms: {
      units: (BigInt(random.integer(1, 12)) * decimalScale) / 2n,
      neededFrom,
      neededUntil: neededFrom + random.integer(8 * minuteMs, 30 * minuteMs),
    },
  };
}

function reserve(world: World, platform: Platform, intent: ReservationIntent): void {
  platform.invoke({
    name: 'reserve',
    timeoutMs: requestTimeoutMs,
    usualCalls: 3,
    handle: async (ports) => examine(world, intent, await makeReservation(ports, intent)),
  });
}

/** What the caller is told, against what is on record. */
function examine(
  world: World,
  { reservationId, terms }: ReservationIntent,
  result: MakeReservationResult,
): void {
  world.journal.write('answer', `${reservationId} ${result.kind}`);
  if (result.kind === 'invalid') return;
  const record = world.store.reservations.get(reservationId);
  const find = (finding: string): void => world.hold(answersAreTrue, `${reservationId} ${finding}`);
  if (record === undefined) find('was answered and is not on record');
  else if ((record.units === terms.units) === (result.kind === 'payload-differs')) {
    find(`was answered ${result.kind}`);
  }
}

function cancel(world: World, platform: Platform, reservationId: string): void {
  platform.invoke({
    name: 'cancel-reservation',
    timeoutMs: requestTimeoutMs,
    usualCalls: 4,
    handle: async (ports) => {
      const { kind } = await cancelReservation(ports, reservationId);
      world.journal.write('answer', `${reservationId} ${kind}`);
      const outcome = world.store.reservations.get(reservationId)?.outcome;
      if (kind === 'cancelled' && outcome !== 'cancelled') {
        world.hold(answersAreTrue, `${reservationId} is ${outcome} after it was cancelled`);
      }
    },
  });
}
