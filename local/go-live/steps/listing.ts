import { idField, type JsonObject, textField, timeField } from '../../../shared/exchange/fields.ts';
import { parsePage } from '../../../shared/exchange/paging.ts';
import { orderIdIn, rowsOf } from '../raw-client.ts';
import type { Finding, Laboratory, Step } from '../step.ts';
import { costOf } from '../terms.ts';
import { lagInWords, until } from '../until.ts';

const patienceSeconds = 120;
const newestFirst = 'order_direction=desc';

/** How orders are listed: production takes an order for lost only after complete lists without it. */
export const listing: Step = {
  name: 'listing',
  does: 'bids the lowest price for 1 Unit, waits for it in the list of orders, and reads the list in pages of one',
  spendsAtMost: (terms) => costOf(terms.lowestPrice, terms),
  run: async (laboratory) => [
    ...(await shownInList(laboratory)),
    await order(laboratory),
    await pages(laboratory),
    await foreignOrders(laboratory),
  ],
};

async function shownInList({ client, clock, newId }: Laboratory): Promise<Finding[]> {
  const clientOrderId = newId();
  const id = orderIdIn(await client.place({ clientOrderId, price: client.terms.lowestPrice }));
  let row: JsonObject | undefined;
  const lag = await until(clock, patienceSeconds, async () => {
    const rows = rowsOf(await client.get('orders', `${newestFirst}&limit=20`));
    row = rows.find((one) => idOf(one) === id);
    return row !== undefined;
  });
  const question = 'When does the list show a new order?';
  const finding = { question, answer: lagInWords(lag, patienceSeconds), isFine: lag.shown };
  if (row === undefined) return [finding];
  const shows = textField(row, 'client_order_id') === clientOrderId;
  return [
    finding,
    {
      question: 'Does the list show client order ids?',
      answer: shows ? 'yes' : 'no',
      isFine: true,
      dialect: { showsClientOrderIds: shows },
    },
  ];
}

async function order({ client }: Laboratory): Promise<Finding> {
  const rows = rowsOf(await client.get('orders', `${newestFirst}&limit=20`));
  const times = rows.map((row) => timeField(row, 'submitted_at', 'created_at') ?? 0);
  const isSorted = times.every((time, index) => time <= (times[index - 1] ?? Number.POSITIVE_INFINITY));
  return {
    question: `Is ${newestFirst} the newest first?`,
    answer: isSorted ? 'yes' : 'no',
    isFine: isSorted,
  };
}

/** Three pages of one, so that few orders do: they must lead on, and hold no order twice. */
async function pages({ client }: Laboratory): Promise<Finding> {
  const seen: string[] = [];
  let cursor: string | undefined;
  let end = 'they go on';
  for (let page = 1; page <= 3; page += 1) {
    const next = cursor === undefined ? '' : `&next=${encodeURIComponent(cursor)}`;
    const answer = await client.get('orders', `${newestFirst}&limit=1${next}`);
    const { nextCursor, hasMore } = parsePage(answer.json, 1);
    seen.push(...rowsOf(answer).map((row) => idOf(row) ?? ''));
    if (nextCursor === undefined) end = hasMore ? 'more is promised, and no way to it' : 'they end';
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  const isTwice = new Set(seen).size < seen.length;
  return {
    question: 'Do the pages of a list lead on, with no order twice?',
    answer: `${end}; ${isTwice ? 'orders come twice' : 'no order comes twice'}`,
    isFine: !isTwice && !end.startsWith('more'),
  };
}

/** Our ids begin with this. Whoever else buys on the account would stop all buying. */
async function foreignOrders({ client }: Laboratory): Promise<Finding> {
  const rows = rowsOf(await client.get('orders', `${newestFirst}&limit=100`));
  const ids = rows.map((row) => textField(row, 'client_order_id'));
  const foreign = ids.filter((id) => id?.startsWith('g1') !== true).length;
  const question = 'Has somebody else ordered on this account, in its newest 100 orders?';
  if (foreign === 0 || foreign === rows.length) {
    return { question, answer: foreign === 0 ? 'no' : 'that cannot be told', isFine: true };
  }
  return {
    question,
    answer: `yes: ${foreign} orders; with foreignOrders "stop" one more would stop all buying`,
    isFine: true,
    dialect: { foreignOrders: 'count' },
  };
}

function idOf(row: JsonObject): string | undefined {
  return idField(row, 'order_id', 'id');
}
