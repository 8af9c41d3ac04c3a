import type * as v from 'valibot';
import type { orderWithHistorySchema } from '../api/answers.ts';
import { units, usd } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import { fields } from '../output/text.ts';
import { fullTime, shortTime, zoneName } from '../output/times.ts';
import { paintState } from './order-table.ts';

type OrderWithHistory = v.InferOutput<typeof orderWithHistorySchema>;

/** An order and everything that happened to it. */
export function drawOrder(order: OrderWithHistory, look: Look): string {
  const { paint } = look;
  const head = `${paint.bold(order.id)}  ${paintState(order.state, order.state, look)}`;
  const facts = fields(factsOf(order, look), look.columns, paint.dim);
  return [head, '', facts, '', historyOf(order, look)].join('\n');
}

function factsOf(order: OrderWithHistory, look: Look): readonly (readonly [string, string])[] {
  const { filledQuantity, quantity, averagePrice, reason } = order;
  const paid = averagePrice === null ? '' : `, at ${usd(averagePrice)} on average`;
  const ordered = `${units(quantity)} of ${order.instrument} for at most ${usd(order.limitPrice)} each`;
  return [
    ['Ordered', `${ordered} (${order.type}, ${order.timeInForce})`],
    ['Bought', `${units(filledQuantity)}${paid}`],
    [
      'Spent',
      `${usd(order.spent)}${order.reserved === '0.00' ? '' : `, ${usd(order.reserved)} may still be`}`,
    ],
    [
      'Made',
      `${fullTime(look, order.createdAt)}, by ${order.source === 'api' ? 'a caller' : 'the schedule'}`,
    ],
    ['Exchange', order.exchangeOrderId ?? 'its id there is not known'],
    ...(reason === null ? [] : [['Why', reason] as const]),
    ...(order.confirmed || !isOver(order.state)
      ? []
      : [['Not sure', 'a later look at the exchange has yet to agree'] as const]),
  ];
}

function isOver(state: string): boolean {
  return ['CANCELLED', 'REJECTED', 'EXPIRED'].includes(state);
}

function historyOf({ history }: OrderWithHistory, look: Look): string {
  return table(
    history,
    [
      {
        title: `WHEN (${zoneName(look, look.now())})`,
        cell: ({ at }) => shortTime(look, at),
        paint: look.paint.dim,
      },
      { title: 'FROM', cell: ({ from }) => from ?? '-' },
      { title: 'TO', cell: ({ to }) => to, paint: (text, { to }) => paintState(text, to, look) },
      { title: 'WHY', cell: ({ reason }) => reason ?? '', isElastic: true },
    ],
    look,
  );
}
