import type { Mutant, Replacement } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';
const resolving = 'shared/orders/resolve-orders.ts';
const outcomes = 'shared/exchange/post-outcome.ts';
const limits = 'shared/orders/time-limits.ts';

const refusalsReleaseAtOnce: Replacement = {
  file: placing,
  find: "return { state: 'REJECTED', reason: outcome.code, responseStatus: outcome.status };",
  by: "return { state: 'REJECTED', confirmed: true, reserved: 0n, reason: outcome.code };",
};

const absenceCountsAtOnce: Replacement = {
  file: resolving,
  find: 'const isTooEarly = now - order.createdAt < missAfterMs || now - (order.missedAt ?? 0) < betweenMissesMs;',
  by: 'const isTooEarly = false;',
};

const absentAtOnce: Replacement = {
  file: resolving,
  find: 'const isFinal = listing.complete && ports.clock.now() >= (order.notAfter ?? Number.POSITIVE_INFINITY);',
  by: 'const isFinal = listing.complete;',
};

const oneMissIsEnough: Replacement = {
  file: limits,
  find: 'export const missesUntilAbandoned = 3;',
  by: 'export const missesUntilAbandoned = 1;',
};

const absentIsRejected: Replacement = {
  file: resolving,
  find: "const changes: Partial<Order> = { state: 'ABANDONED', misses,",
  by: "const changes: Partial<Order> = { state: 'REJECTED', confirmed: true, reserved: 0n, misses,",
};

const serverErrorsRefuse: Replacement = {
  file: outcomes,
  find: '  if (!refusalStatuses.has(status))',
  by: "  if (status >= 500) return { kind: 'refused', status, code: String(status) };\n  if (!refusalStatuses.has(status))",
};

/** What is not known to be over may have happened. */
export const unclearOrders: readonly Mutant[] = [
  {
    name: 'refusals give their money back at once',
    rule: 'R4',
    faultClass: 'A',
    breaks: ['I4'],
    replacements: [refusalsReleaseAtOnce],
  },
  {
    name: 'server errors are refusals',
    rule: 'R4',
    faultClass: 'A',
    overTheWire: true,
    breaks: ['I4', 'I10'],
    replacements: [serverErrorsRefuse],
    secondLayer: {
      name: 'the money of a refused order stays reserved until a complete listing is without it',
      replacements: [refusalsReleaseAtOnce],
    },
  },
  {
    name: 'abandoned orders give their money back',
    rule: 'R5',
    faultClass: 'B',
    breaks: ['I4'],
    replacements: [
      {
        file: resolving,
        find: "const changes: Partial<Order> = { state: 'ABANDONED', misses,",
        by: "const changes: Partial<Order> = { state: 'ABANDONED', reserved: 0n, misses,",
      },
    ],
  },
  {
    name: 'not found is rejected, where orders come late',
    rule: 'R5',
    faultClass: 'B',
    breaks: ['I4', 'I9'],
    replacements: [absentIsRejected],
  },
  {
    name: 'not found is rejected, within the assumptions',
    rule: 'R5',
    faultClass: 'A',
    breaks: ['I4', 'I9', 'I10', 'I11'],
    replacements: [absentIsRejected],
    secondLayer: {
      name: 'absence counts only after five minutes, three times, and when the signature is worthless',
      replacements: [absenceCountsAtOnce, oneMissIsEnough, absentAtOnce],
    },
  },
  {
    name: 'an order is absent before its signature has run out',
    rule: 'R5',
    faultClass: 'A',
    faults: { lyingRefusal: 0.4, admissionLagMs: 20_000, listLagMs: 20_000 },
    breaks: ['I4', 'I10'],
    replacements: [absentAtOnce],
  },
  {
    name: 'incomplete listings prove absence',
    rule: 'R9',
    faultClass: 'A',
    faults: { scanIncomplete: 0.5, answerLost: 0.6 },
    breaks: ['I4', 'I10', 'I11'],
    replacements: [{ file: resolving, find: 'const isFinal = listing.complete && ', by: 'const isFinal = ' }],
  },
  {
    name: 'orders that were never sent stay',
    rule: 'T2e',
    faultClass: 'A',
    breaks: ['I9', 'I10'],
    replacements: [
      {
        file: resolving,
        find: 'if (now - order.createdAt < neverSentAfterMs) return undefined;',
        by: 'if (now > 0) return undefined;',
      },
    ],
  },
];
