import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import type { Order } from '../../shared/orders/order.ts';
import { eventToItem } from '../../shared/store/event-item.ts';
import type { Item } from '../../shared/store/item.ts';
import { orderToItem } from '../../shared/store/order-item.ts';
import { sampleOrder } from '../../test/support/sample-order.ts';
import { interleave } from '../measure/interleave.ts';
import { median } from '../measure/median.ts';
import type { BenchSettings, Part } from '../part.ts';
import { type Driven, drive } from '../processes/drive.ts';
import type { Column, Goal, PartReport, Row } from '../report/report.ts';
import { orderEvent, tickEvent } from '../surroundings/events.ts';
import { startQuickExchange } from '../surroundings/quick-exchange.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';

const sizes = [10, 1_000, 100_000] as const;
const rounds = 3;
const orders = 100;
const ticks = 15;
const itemsPerWrite = 25;
const writesAtOnce = 8;
const dayMs = 86_400_000;

/** Whether orders and balance checks cost the more the more orders there were. */
export const growth: Part = {
  name: 'growth',
  title: 'an order and a balance check in a table with 10, 1,000 and 100,000 past orders',
  run: async (settings) => {
    const exchange = await startQuickExchange(1);
    const assemblyDirectory = await settings.assemblyDirectory();
    const all: { readonly size: number; readonly surroundings: Surroundings }[] = [];
    try {
      for (const size of sizes) {
        settings.onProgress(`writing ${size} past orders`);
        const surroundings = await startSurroundings({ assemblyDirectory, exchangeOrigin: exchange.url });
        all.push({ size, surroundings });
        await writePast(surroundings, size);
      }
      return await measure(all, settings);
    } finally {
      for (const { surroundings } of all) await surroundings.close();
      await exchange.close();
    }
  },
};

async function writePast({ service }: Surroundings, count: number): Promise<void> {
  const client = new DynamoDBClient(clientOptions(service.stack.dynamoDb));
  const [table = ''] = service.stack.tableNames.values();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const first = next;
      next += Math.floor(itemsPerWrite / 2);
      const items = Array.from({ length: Math.min(next, count) - first }, (_, index) =>
        pastOrder(first + index),
      );
      const puts = items.flat().map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: writesAtOnce }, work));
  client.destroy();
}

/** The record of an order that is over, and one event of its history. */
function pastOrder(number: number): readonly Item[] {
  const at = Date.now() - dayMs - number * 1_000;
  const order: Order = sampleOrder({
    orderId: `past-${String(number).padStart(10, '0')}`,
    exchangeOrderId: `order_past_${number}`,
    state: 'FILLED',
    confirmed: true,
    filledQuantity: 5n,
    settledAt: at,
    createdAt: at,
    updatedAt: at,
  });
  return [orderToItem(order), eventToItem(undefined, order)];
}

type Sized = readonly { readonly size: number; readonly surroundings: Surroundings }[];

async function measure(all: Sized, { onProgress }: BenchSettings): Promise<PartReport> {
  const tell = (name: string, round: number): void => onProgress(`round ${round + 1} of ${rounds}: ${name}`);
  const inEach = (run: (surroundings: Surroundings) => Promise<Driven>) =>
    interleave(
      Object.fromEntries(all.map(({ size, surroundings }) => [String(size), () => run(surroundings)])),
      rounds,
      tell,
    );
  // First, because orders stay open here.
  const checked = await inEach((surroundings) =>
    drive(surroundings.placeOf('check-balances'), {
      event: tickEvent('@NOW@'),
      concurrency: 1,
      warmUp: 5,
      count: ticks,
      status: undefined,
    }),
  );
  const placed = await inEach((surroundings) =>
    drive(surroundings.placeOf('place-order'), {
      event: orderEvent('@NUMBER@', '1.00'),
      concurrency: 1,
      warmUp: 60,
      count: orders,
      status: 201,
    }),
  );
  const rows = all.map(({ size }) => rowOf(size, placed[String(size)] ?? [], checked[String(size)] ?? []));
  return {
    name: growth.name,
    title: 'Growth',
    tables: [{ title: `Medians of ${rounds} processes`, columns, rows }],
    goals: goalsOf(rows),
  };
}

function rowOf(size: number, placed: readonly Driven[], checked: readonly Driven[]): Row {
  return {
    name: String(size),
    orderCpu: cpu(placed),
    orderWall: wall(placed),
    tickCpu: cpu(checked),
    tickWall: wall(checked),
  };
}

function cpu(runs: readonly Driven[]): number {
  return median(runs.flatMap((driven) => driven.runs.map(({ cpuMs }) => cpuMs)));
}

function wall(runs: readonly Driven[]): number {
  return median(runs.flatMap((driven) => driven.runs.map(({ wallMs }) => wallMs)));
}

function goalsOf(rows: readonly Row[]): Goal[] {
  const [first] = rows;
  const last = rows.at(-1);
  const ratio = (key: string): number => Number(last?.[key]) / Number(first?.[key]);
  return [
    { name: 'processor time of an order, 100,000 past orders / 10', limit: 1.2, measured: ratio('orderCpu') },
    { name: 'time of an order, 100,000 past orders / 10', limit: 1.2, measured: ratio('orderWall') },
    { name: 'processor time of a check, 100,000 past orders / 10', limit: 1.2, measured: ratio('tickCpu') },
    { name: 'time of a check, 100,000 past orders / 10', limit: 1.2, measured: ratio('tickWall') },
  ];
}

const columns: readonly Column[] = [
  { key: 'name', head: 'past orders', meaning: '' },
  { key: 'orderCpu', head: 'order CPU', meaning: 'ms', places: 2 },
  { key: 'orderWall', head: 'order', meaning: 'ms', places: 1 },
  { key: 'tickCpu', head: 'check CPU', meaning: 'ms', places: 1 },
  { key: 'tickWall', head: 'check', meaning: 'ms', places: 1 },
];
