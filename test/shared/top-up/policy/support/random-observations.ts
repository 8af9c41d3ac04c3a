import { formatDecimal } from '../../../../../shared/ledger/decimal.ts';
import type {
  OpenOrder,
  TopUpDecision,
  TopUpObservation,
} from '../../../../../shared/top-up/policy/contract.ts';
import type { TopUpParameters } from '../../../../../shared/top-up/policy/parameters.ts';
import { minute } from './observations.ts';

/** Seeded random numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

export function randomParameters(random: () => number): TopUpParameters {
  const cents = 1 + Math.floor(random() * 500);
  return {
    maximumPrice: formatDecimal(BigInt(cents) * 1_000_000n, 2),
    maximumQuantity: pick(random, [1, 3, 10, 100, 10_000]),
    priceTick: pick(random, ['0.01', '0.05', '0.00000001', '0.1']),
    feeBasisPoints: pick(random, [0, 25, 100, 1_000]),
    ...(random() < 0.5 ? { emergencyPrice: formatDecimal(BigInt(cents + 200) * 1_000_000n, 2) } : {}),
    ...(random() < 0.2 ? { limitFirst: 0 } : {}),
    ...(random() < 0.2 ? { preset: pick(random, ['thrifty', 'balanced', 'safe']) } : {}),
  };
}

function amount(random: () => number): string {
  const size = pick(random, [0, 0.01, 0.3, 1, 3, 30, 1_000]);
  const units = size * random();
  return random() < 0.2 ? String(Math.floor(units)) : units.toFixed(8);
}

function price(random: () => number): string | null {
  if (random() < 0.05) return null;
  return (0.01 + random() * pick(random, [1, 3, 8])).toFixed(2);
}

function randomOrder(random: () => number, now: number, index: number): OpenOrder {
  return {
    orderId: `order-${index}`,
    remaining: 1 + Math.floor(random() * pick(random, [1, 5, 50])),
    limitPrice: (0.01 + random() * 4).toFixed(2),
    placedAt: now - Math.floor(random() * 30 * minute),
    ...(random() < 0.8 ? { purpose: pick(random, ['patient', 'urgent']) } : {}),
    ...(random() < 0.2 ? { isEnding: true } : {}),
  };
}

/** An observation that need not fit the one before it: clocks jump, balances leap, orders come from nowhere. */
export function randomObservation(random: () => number, before: number): TopUpObservation {
  const now = before + pick(random, [1, 1, 1, 1, 0.1, 5, 60, 2_000, -3, 0]) * minute;
  const orders = Math.floor(random() * 3);
  return {
    now,
    balance: amount(random),
    openOrders: Array.from({ length: orders }, (_, index) => randomOrder(random, now, index)),
    fills:
      random() < 0.3
        ? [
            {
              at: now - Math.floor(random() * minute),
              quantity: 1 + Math.floor(random() * 20),
              price: '2.00',
            },
          ]
        : [],
    bestBid: price(random),
    bestAsk: price(random),
    ...(random() < 0.1 ? { inTransit: amount(random) } : {}),
    ...(random() < 0.3 ? { budgetLeft: (random() * pick(random, [1, 5, 100, 1_000])).toFixed(2) } : {}),
    ...(random() < 0.1 ? { wasRefused: true } : {}),
    ...(random() < 0.1
      ? {
          reservations: [
            {
              reservationId: 'batch',
              units: amount(random),
              neededFrom: now + (random() - 0.5) * 200 * minute,
              neededUntil: now + random() * 300 * minute,
            },
          ],
        }
      : {}),
  };
}

/**
 * What a decision breaks, in words; nothing if it keeps all promises. One that buys in danger does not count orders that
 * are being cancelled, all others do.
 */
export function brokenPromises(
  parameters: TopUpParameters,
  seen: TopUpObservation,
  { orders, cancels, explanation }: TopUpDecision<unknown>,
): string[] {
  const broken: string[] = [];
  const isUrgent = explanation.reason === 'dangerously-low';
  const counted = seen.openOrders.filter(
    ({ orderId, isEnding, purpose }) =>
      !isUrgent || (!cancels.includes(orderId) && (isEnding !== true || purpose !== 'patient')),
  );
  const open = counted.reduce((sum, { remaining }) => sum + remaining, 0);
  const planned = orders.reduce((sum, { quantity }) => sum + quantity, 0);
  // Units that are about to expire are no cover, and a rounded balance is estimated: the policy says what it counts.
  const stock = explanation.figures['stock'] ?? 0;
  const level = explanation.figures['level'] ?? 0;
  if (planned > 0 && stock + open + planned > level + 1.001) {
    broken.push(`${stock} + ${open} + ${planned} Units are above the level of ${level} plus one`);
  }
  if (orders.length + cancels.length > 2) broken.push('more than two writes');
  if (
    cancels.some(
      (id) => !seen.openOrders.some(({ orderId, isEnding }) => orderId === id && isEnding !== true),
    )
  ) {
    broken.push('cancels what is not open');
  }
  for (const order of orders) broken.push(...brokenByOrder(parameters, seen, order, isUrgent));
  return broken;
}

function hundredMillionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0'));
}

function brokenByOrder(
  parameters: TopUpParameters,
  seen: TopUpObservation,
  { quantity, limitPrice, purpose }: TopUpDecision<unknown>['orders'][number],
  isUrgent: boolean,
): string[] {
  const broken: string[] = [];
  const limit = hundredMillionths(limitPrice);
  const highest =
    isUrgent && parameters.emergencyPrice !== undefined ? parameters.emergencyPrice : parameters.maximumPrice;
  if (limit > hundredMillionths(highest) || limit <= 0n) broken.push(`price ${limitPrice} above ${highest}`);
  if (limit % hundredMillionths(parameters.priceTick) !== 0n)
    broken.push(`price ${limitPrice} between ticks`);
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > parameters.maximumQuantity) {
    broken.push(`quantity ${quantity}`);
  }
  const cost = BigInt(quantity) * limit * (10_000n + BigInt(parameters.feeBasisPoints));
  if (seen.budgetLeft !== undefined && seen.budgetLeft !== null) {
    if (cost > hundredMillionths(seen.budgetLeft) * 10_000n) broken.push('more than the budget');
  }
  if (seen.openOrders.some((open) => (open.purpose === 'patient') === (purpose === 'patient'))) {
    broken.push(`a second ${purpose} order`);
  }
  return broken;
}
