import type { Order } from '../api/answers.ts';
import { grouped } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import { briefTime, zoneName } from '../output/times.ts';

/** Orders below each other, newest or oldest first as they come. */
export function orderTable(orders: readonly Order[], look: Look): string {
  return table<Order>(
    orders,
    [
      { title: 'ORDER', cell: ({ id }) => id },
      {
        title: 'STATE',
        cell: ({ state }) => state,
        paint: (text, { state }) => paintState(text, state, look),
      },
      { title: 'INSTRUMENT', cell: ({ instrument }) => instrument, dropFirst: 6 },
      { title: 'UNITS', align: 'right', cell: filledOf },
      { title: 'LIMIT', align: 'right', cell: ({ limitPrice }) => limitPrice },
      { title: 'PAID', align: 'right', cell: ({ averagePrice }) => averagePrice ?? '-', dropFirst: 5 },
      { title: 'USD', align: 'right', cell: ({ spent }) => grouped(spent), dropFirst: 4 },
      { title: 'BY', cell: ({ source }) => source, dropFirst: 7 },
      {
        title: `MADE (${zoneName(look, look.now())})`,
        cell: ({ createdAt }) => briefTime(look, createdAt),
        dropFirst: 3,
      },
      { title: 'WHY', cell: ({ reason }) => reason ?? '', dropFirst: 8 },
    ],
    look,
  );
}

/** Units bought of those that were asked for, such as `3/10`. */
function filledOf({ filledQuantity, quantity }: Order): string {
  return filledQuantity === quantity ? String(quantity) : `${filledQuantity}/${quantity}`;
}

/** Green is bought, yellow is not over or not known, red did not buy. */
export function paintState(text: string, state: string, { paint }: Look): string {
  switch (state) {
    case 'FILLED':
      return paint.green(text);
    case 'REJECTED':
    case 'ABANDONED':
      return paint.red(text);
    case 'UNKNOWN':
    case 'SUBMITTED':
    case 'PENDING':
      return paint.yellow(text);
    default:
      return text;
  }
}
