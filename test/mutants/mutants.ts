import type { Mutant, Replacement } from './mutant.ts';

const placing = 'shared/orders/place-order.ts';
const resolving = 'shared/orders/resolve-orders.ts';
const observing = 'shared/orders/observe.ts';
const auditing = 'shared/orders/audit-orders.ts';
const checking = 'shared/top-up/check-balances.ts';
const storing = 'shared/store/order-store.ts';
const budgets = 'shared/store/budget-items.ts';
const reserving = 'shared/ledger/reservation.ts';
const outcomes = 'shared/exchange/placement-outcome.ts';
const matching = 'shared/orders/match-order.ts';
const listing = 'shared/exchange/client.ts';

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
  file: resolving,
  find: 'const missesUntilAbandoned = 3;',
  by: 'const missesUntilAbandoned = 1;',
};
const absentIsRejected: Replacement = {
  file: resolving,
  find: "const changes: Partial<Order> = { state: 'ABANDONED', misses,",
  by: "const changes: Partial<Order> = { state: 'REJECTED', confirmed: true, reserved: 0n, misses,",
};
const noSlot: Replacement = {
  file: placing,
  find: 'holdsSlot: intent.purpose !== undefined,',
  by: 'holdsSlot: false,',
};
const nothingIsIncoming: Replacement = {
  file: checking,
  find: 'incoming: (ordered + byOthers) * decimalScale + maximum(onTheWay, inTrading),',
  by: 'incoming: 0n,',
};
const deliveryIsTheKey: Replacement = {
  file: checking,
  find: 'orderId: scheduleOrderId({ ...tick, instrument: limits.symbol }),',
  by: 'orderId: scheduleOrderId({ ...tick, scheduledTime: ports.nonce(), instrument: limits.symbol }),',
};
const serverErrorsRefuse: Replacement = {
  file: outcomes,
  find: 'if (!refusalStatuses.has(status))',
  by: "if (status >= 500) return { kind: 'refused', status, code: String(status) };\n  if (!refusalStatuses.has(status))",
};

/** Every rule of the design that the simulation can miss, each taken away in the code that keeps it. */
export const mutants: readonly Mutant[] = [
  {
    name: 'sends again when it hears nothing',
    rule: 'R1',
    faultClass: 'A',
    breaks: ['I2'],
    replacements: [
      {
        file: placing,
        find: '  const outcome = await send(ports, prepared);',
        by: `  let outcome = await send(ports, prepared);
  if (outcome.kind === 'unknown') {
    const again = await ports.exchange.prepareOrder({ ...order, clientOrderId: order.orderId });
    outcome = await send(ports, again);
  }`,
      },
    ],
  },
  {
    name: 'a repetition sends again while the first try is in doubt',
    rule: 'R2',
    faultClass: 'A',
    breaks: ['I2'],
    replacements: [
      {
        file: placing,
        find: "if (created.kind === 'exists') return replay(ports, intent, created.order);",
        by: `if (created.kind === 'exists') {
    if (created.order.state !== 'UNKNOWN') return replay(ports, intent, created.order);
    return { kind: 'placed', order: created.order, outcome: await send(ports, prepared) };
  }`,
      },
    ],
  },
  {
    name: 'sends before it records',
    rule: 'R2',
    faultClass: 'A',
    breaks: ['I2', 'I5'],
    replacements: [
      {
        file: placing,
        find: '  const created = await record(ports, order);',
        by: '  const early = await send(ports, prepared);\n  const created = await record(ports, order);',
      },
      {
        file: placing,
        find: '  const outcome = await send(ports, prepared);',
        by: '  const outcome = early;',
      },
    ],
  },
  {
    name: 'a claim that always succeeds',
    rule: 'R3',
    faultClass: 'A',
    breaks: ['I2', 'I6'],
    replacements: [
      {
        file: placing,
        find: "if (outcome === 'written') return claimed;",
        by: 'if (outcome) return claimed;',
      },
    ],
  },
  {
    name: 'a claim in doubt is sent',
    rule: 'R3',
    faultClass: 'A',
    breaks: ['I6'],
    replacements: [
      {
        file: placing,
        find: "  ports.log.warn('order-claim-lost', logFields(order));\n  return undefined;",
        by: '  return claimed;',
      },
    ],
  },
  {
    name: 'signs after the claim',
    rule: 'R3',
    faultClass: 'A',
    faults: { freeze: 0.5, stopWhileSending: 0.8 },
    breaks: ['I4', 'I6', 'I10', 'I11'],
    replacements: [
      {
        file: placing,
        find: '  const outcome = await send(ports, prepared);',
        by: '  const late = await ports.exchange.prepareOrder({ ...order, clientOrderId: order.orderId });\n  const outcome = await send(ports, late);',
      },
    ],
  },
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
    breaks: ['I4'],
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
    breaks: ['I4', 'I10'],
    replacements: [absentAtOnce],
  },
  {
    name: 'incomplete listings prove absence',
    rule: 'R9',
    faultClass: 'A',
    breaks: ['I4', 'I10', 'I11'],
    replacements: [{ file: resolving, find: 'const isFinal = listing.complete && ', by: 'const isFinal = ' }],
  },
  {
    name: 'one old row ends a listing',
    rule: '1.6',
    faultClass: 'A',
    overTheWire: true,
    breaks: ['I4', 'I10', 'I11', 'L1'],
    replacements: [
      {
        file: listing,
        find: '  return descended && last !== undefined && last < since;',
        by: '  return times.some((time) => time !== undefined && time < since);',
      },
      {
        file: listing,
        find: 'if (newer === undefined || older === undefined || older > newer) return false;',
        by: 'if (newer === undefined || older === undefined) return false;',
      },
    ],
  },
  {
    name: 'orders reserve nothing',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I3', 'I4'],
    replacements: [
      {
        file: placing,
        find: 'reserved: reservationFor(quantity, limitPrice, limits.feeBasisPoints),',
        by: 'reserved: 0n,',
      },
    ],
  },
  {
    name: 'no allowance for fees',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I4'],
    replacements: [
      { file: reserving, find: 'return gross + feeOf(gross, feeBasisPoints);', by: 'return gross;' },
    ],
  },
  {
    name: 'money in floating point, rounded to cents',
    rule: '2.2',
    faultClass: 'A',
    breaks: ['I4'],
    replacements: [
      {
        file: reserving,
        find: 'return gross + feeOf(gross, feeBasisPoints);',
        by: 'return BigInt(Math.floor((Number(gross) / 1e6) * (1 + Number(feeBasisPoints) / 1e4))) * 1_000_000n;',
      },
    ],
  },
  {
    name: 'budgets without a condition',
    rule: 'R6',
    faultClass: 'A',
    breaks: ['I3', 'I4'],
    replacements: [
      {
        file: budgets,
        find: "'(attribute_not_exists(#used) AND :amount <= :cap) OR #used <= :room'",
        by: "'attribute_not_exists(#used) OR #used >= :zero'",
      },
    ],
  },
  {
    name: 'an end releases the rest at first sight',
    rule: '2.4',
    faultClass: 'A',
    breaks: ['I3', 'I4'],
    replacements: [
      {
        file: observing,
        find: 'const confirmed = !isLive(state) && (order.confirmed || isSeenAgain(order, state, now));',
        by: 'const confirmed = !isLive(state);',
      },
    ],
  },
  {
    name: 'believes an older sight',
    rule: 'O4',
    faultClass: 'A',
    faults: { listLagMs: 20_000, tickTwice: 0.4, cancelRaceMs: 20_000 },
    breaks: ['I3', 'I4', 'I8'],
    replacements: [{ file: observing, find: '  if (isOutOfDate) return undefined;\n', by: '' }],
  },
  {
    name: 'records without a condition on their version',
    rule: 'R8',
    faultClass: 'A',
    breaks: ['I2', 'I3', 'I8'],
    replacements: [
      {
        file: storing,
        find: "'#version = :version AND #nonce = :nonce AND #state = :state'",
        by: "'attribute_exists(#version)'",
      },
    ],
  },
  {
    name: 'a record replaces the one that is there',
    rule: 'R8',
    faultClass: 'A',
    breaks: ['I2', 'I3', 'I8'],
    replacements: [
      {
        file: storing,
        find: "Item: orderToItem(order),\n      ConditionExpression: 'attribute_not_exists(#key)',",
        by: "Item: orderToItem(order),\n      ConditionExpression: 'attribute_not_exists(#key) OR attribute_exists(#key)',",
      },
    ],
  },
  {
    name: 'nothing checks the switch at the claim',
    rule: 'R10',
    faultClass: 'A',
    breaks: ['I6'],
    replacements: [
      {
        file: storing,
        find: "if (after.state === 'SUBMITTED' && before.state === 'PENDING') {",
        by: 'if (writes.length === 0) {',
      },
    ],
  },
  {
    name: 'nothing checks the mode when an order is recorded',
    rule: 'R10',
    faultClass: 'A',
    breaks: ['I6', 'I13'],
    replacements: [{ file: storing, find: "    ['settings', requireLive(tableName)],\n", by: '' }],
  },
  {
    name: 'late sightings leave the breaker closed',
    rule: 'L1',
    faultClass: 'A',
    breaks: ['L1'],
    replacements: [
      {
        file: resolving,
        find: "if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);",
        by: '',
      },
    ],
  },
  {
    name: 'the breaker is opened after a late sighting is written',
    rule: 'L1',
    faultClass: 'A',
    breaks: ['L1'],
    replacements: [
      {
        file: resolving,
        find: "  if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);\n  const outcome = await ports.store.update(before, after);",
        by: "  const outcome = await ports.store.update(before, after);\n  if (isLateSighting(before, after)) await alarm(ports, 'order-seen-late', before, after);",
      },
    ],
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
    replacements: [{ file: checking, find: '  return unitsOnTheWay(arrivals);', by: '  return 0n;' }],
  },
  {
    name: 'errors are logged with their text',
    rule: '6.5',
    faultClass: 'A',
    breaks: ['I7'],
    replacements: [
      {
        file: resolving,
        find: "const name = error instanceof Error ? error.name : 'unknown';",
        by: 'const name = String(error);',
      },
    ],
  },
  {
    name: 'another payload gets the same answer',
    rule: '1.5',
    faultClass: 'A',
    breaks: ['I12'],
    replacements: [
      {
        file: placing,
        find: "if (order.payloadFingerprint !== intent.payloadFingerprint) return { kind: 'payload-differs', order };",
        by: '',
      },
    ],
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
  {
    name: 'the audit overlooks twins',
    rule: '1.6',
    faultClass: 'D',
    breaks: ['D1'],
    replacements: [
      {
        file: auditing,
        find: 'if (order.exchangeOrderId !== undefined && order.exchangeOrderId !== seen.exchangeOrderId) {',
        by: 'if (seen.exchangeOrderId === undefined) {',
      },
    ],
  },
  {
    name: 'the audit overlooks orders that had been given up',
    rule: '1.6',
    faultClass: 'B',
    breaks: ['D2'],
    replacements: [
      {
        file: auditing,
        find: 'return isGivenUp && order.exchangeOrderId === undefined ? recordLate(ports, order, seen) : undefined;',
        by: 'return undefined;',
      },
    ],
  },
  {
    name: 'an audit that saw a part is done',
    rule: '1.6',
    faultClass: 'D',
    faults: { scanIncomplete: 0.5 },
    breaks: ['D1'],
    replacements: [
      {
        file: auditing,
        find: 'if (listing.complete) await ports.mark.write(',
        by: 'await ports.mark.write(',
      },
    ],
    secondLayer: {
      name: 'audits overlap by forty minutes',
      replacements: [
        { file: auditing, find: 'const overlapMs = 40 * 60_000;', by: 'const overlapMs = 60_000;' },
      ],
    },
  },
  {
    name: 'nobody minds the orders of others',
    rule: '1.6',
    faultClass: 'A',
    breaks: ['F1'],
    replacements: [
      {
        file: auditing,
        find: "if (ports.foreignOrders === 'stop') await alarm(",
        by: 'if (false) await alarm(',
      },
    ],
  },
  {
    name: 'one of several orders that fit is taken for ours',
    rule: '1.6',
    faultClass: 'A',
    breaks: ['I4', 'I10'],
    replacements: [
      {
        file: matching,
        find: 'if (only === undefined || fitting.length > 1) return undefined;',
        by: 'if (only === undefined) return undefined;',
      },
      { file: matching, find: 'return rivals.length === 0 ? only : undefined;', by: 'return only;' },
    ],
  },
];
