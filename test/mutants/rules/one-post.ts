import type { Mutant } from '../mutant.ts';

const placing = 'shared/orders/place-order.ts';

/** One intent is one POST: recorded, claimed, sent, and never again. */
export const onePost: readonly Mutant[] = [
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
        find: '  const created = await record(ports, order, intent);',
        by: '  const early = await send(ports, prepared);\n  const created = await record(ports, order, intent);',
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
];
