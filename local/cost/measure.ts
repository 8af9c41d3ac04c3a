import { randomUUID } from 'node:crypto';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { partitions } from '../../shared/store/partitions.ts';
import { tableShape } from '../../shared/store/table-shape.ts';
import { createTopUpMemoryStore } from '../../shared/store/top-up-memory.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { clientOptions } from '../emulators/aws-endpoint.ts';
import type { LocalStack } from '../runner/local-stack.ts';
import { type LocalService, startLocalService } from '../service/start-local-service.ts';
import { CapacityMeter } from './counting-connector.ts';
import type { Counts, Work } from './counts.ts';
import { storedSize } from './item-size.ts';
import { templateFacts } from './template-facts.ts';

type Sums = Omit<Work, 'runs'>;
type Item = Record<string, AttributeValue>;

const symbol = 'chat-prime';
const dayMs = 86_400_000;
/** A day of the history of use, in which every five minutes have their number. */
const fullDay = Array.from({ length: 288 }, (_, index) => 0.1234 + index / 1_000);
const createdOrder = v.object({ id: v.string() });

/** How often each kind of work is done. */
export interface Runs {
  readonly checks: number;
  readonly orders: number;
}

/**
 * Counts on the local stack what the kinds of work take:
 *
 * - `check`: a check of the schedule with which nothing has happened, with a week of history behind it
 * - `place`: an order through the API that the exchange takes
 * - `look`: a look at one order
 * - `settle`: what an order adds to the check that finds it filled
 * - `watch`: what it adds to each later check, while the exchange's list still shows it there
 */
export async function measure(assemblyDirectory: string, runs: Runs): Promise<Counts> {
  const meter = new CapacityMeter();
  const lines: string[] = [];
  const service = await startLocalService({
    assemblyDirectory,
    engine: 'dynoxide',
    connect: meter.connect,
    exchange: { sellers: false, usd: '100000' },
    onLog: (_function, line) => lines.push(line),
  });
  try {
    return await count({ service, meter, lines }, assemblyDirectory, runs);
  } finally {
    await service.close();
  }
}

interface Bench {
  readonly service: LocalService;
  readonly meter: CapacityMeter;
  readonly lines: string[];
}

async function count(bench: Bench, assemblyDirectory: string, runs: Runs): Promise<Counts> {
  const { exchange, stack, api } = bench.service;
  exchange.admin.grantUnits({ instrument: symbol, units: 500 });
  exchange.admin.setBook({ market: symbol, asks: [{ price: '2.00', quantity: 10_000 }] });
  await checkOnce(stack);
  await growMemory(stack);
  await checkOnce(stack);

  const from = bench.lines.length;
  const check = await sumOf(bench, runs.checks, () => checkOnce(stack));
  const quiet = bench.lines.slice(from);
  const settled = await storedItems(stack);

  const ids: string[] = [];
  const ordersFrom = bench.lines.length;
  const place = await sumOf(bench, runs.orders, async () => {
    const order = { market: symbol, type: 'limit', quantity: 1, price: '2.50' };
    ids.push(v.parse(createdOrder, (await api.placeOrder(randomUUID(), order)).body).id);
  });
  const look = await sumOf(bench, runs.orders, async (index) => api.get(`/orders/${ids[index] ?? ''}`));
  const settling = await sumOf(bench, 1, () => checkOnce(stack));
  const ofOrders = bench.lines.slice(ordersFrom);
  const watching = await sumOf(bench, runs.checks, () => checkOnce(stack));
  const after = await storedItems(stack);

  const orderBytes = bytesOf(after, (key) => isOfOrders(key));
  return {
    work: {
      check,
      place,
      look,
      settle: extraOf(settling, check, runs.orders),
      watch: extraOf(watching, check, runs.orders),
    },
    metricLines: { runs: runs.checks, ...logOf(quiet.filter(isMetric)) },
    metrics: metricsIn(quiet, ofOrders),
    stored: {
      order: Math.ceil(orderBytes / runs.orders),
      decision: Math.ceil(
        bytesOf(settled, (key) => key.startsWith(partitions.decision)) /
          settled.filter((item) => keyOf(item).startsWith(partitions.decision)).length,
      ),
      rest: bytesOf(after, (key) => !isOfOrders(key) && !key.startsWith(partitions.decision)),
    },
    template: await templateFacts(assemblyDirectory),
  };
}

/** Does something again and again, and adds up what it takes. */
async function sumOf(bench: Bench, runs: number, run: (index: number) => Promise<unknown>): Promise<Work> {
  const before = now(bench);
  const start = performance.now();
  for (let index = 0; index < runs; index += 1) await run(index);
  const milliseconds = Math.round(performance.now() - start);
  const after = now(bench);
  return {
    runs,
    readUnits: after.readUnits - before.readUnits,
    writeUnits: after.writeUnits - before.writeUnits,
    tableRequests: after.tableRequests - before.tableRequests,
    exchangeRequests: after.exchangeRequests - before.exchangeRequests,
    logLines: after.logLines - before.logLines,
    logBytes: after.logBytes - before.logBytes,
    milliseconds,
  };
}

function now({ service, meter, lines }: Bench): Omit<Sums, 'milliseconds'> {
  const { requests: tableRequests, readUnits, writeUnits } = meter.use();
  const { requests: exchangeRequests } = service.exchange.admin.truth().calls;
  return { tableRequests, readUnits, writeUnits, exchangeRequests, ...logOf(lines) };
}

/** What so many orders add to a quiet check, over all the checks. */
function extraOf(work: Work, quiet: Work, orders: number): Work {
  const extra = (name: keyof Sums) => {
    const more = work[name] - (quiet[name] * work.runs) / quiet.runs;
    return Math.max(0, Math.round(more * 100) / 100);
  };
  return {
    runs: work.runs * orders,
    readUnits: extra('readUnits'),
    writeUnits: extra('writeUnits'),
    tableRequests: extra('tableRequests'),
    exchangeRequests: extra('exchangeRequests'),
    logLines: extra('logLines'),
    logBytes: extra('logBytes'),
    milliseconds: extra('milliseconds'),
  };
}

async function checkOnce(stack: LocalStack): Promise<void> {
  const result = await stack.fireSchedule();
  if (!result.ok) throw new Error(`A check failed: ${result.error.errorMessage}`);
}

/** Gives the policy the history of a week, as it has it in the long run. */
async function growMemory(stack: LocalStack): Promise<void> {
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const [tableName = ''] = stack.tableNames.values();
  const store = createTopUpMemoryStore({ client, tableName, clock: systemClock, random: Math.random });
  const known = await store.read(symbol);
  const { memory } = known;
  if (memory?.policy === undefined) throw new Error('The check has left no memory.');
  const today = systemClock.now();
  const days = Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [
      new Date(today - (index + 1) * dayMs).toISOString().slice(0, 10),
      fullDay,
    ]),
  );
  const use = { perMinute: 0.5, minutes: 60 };
  await store.write(symbol, { ...memory, use, policy: { ...memory.policy, days } }, known);
  client.destroy();
}

async function storedItems(stack: LocalStack): Promise<readonly Item[]> {
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const [TableName = ''] = stack.tableNames.values();
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName })) items.push(...(page.Items ?? []));
  client.destroy();
  return items;
}

function keyOf(item: Item): string {
  return item[tableShape.partitionKey]?.S ?? '';
}

function isOfOrders(key: string): boolean {
  return [partitions.order, partitions.exchangeOrder].some((partition) => key.startsWith(partition));
}

/** Records are in the index of all of them a second time. */
function bytesOf(items: readonly Item[], wanted: (key: string) => boolean): number {
  return items
    .filter((item) => wanted(keyOf(item)))
    .map((item) => storedSize(item) * (tableShape.createdIndex.partitionKey in item ? 2 : 1))
    .reduce((sum, size) => sum + size, 0);
}

function isMetric(line: string): boolean {
  return line.includes('"_aws"');
}

function logOf(lines: readonly string[]): Pick<Sums, 'logLines' | 'logBytes'> {
  return {
    logLines: lines.length,
    logBytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0),
  };
}

const metricLine = v.looseObject({
  _aws: v.object({
    CloudWatchMetrics: v.array(
      v.object({
        Dimensions: v.array(v.array(v.string())),
        Metrics: v.array(v.object({ Name: v.string() })),
      }),
    ),
  }),
});

/** Metrics with their dimensions that the quiet checks have, and those that came with orders only. */
function metricsIn(quiet: readonly string[], ofOrders: readonly string[]): Counts['metrics'] {
  const ofChecks = new Set(quiet.filter(isMetric).map(metricOf));
  const more = new Set(ofOrders.filter(isMetric).map(metricOf));
  const ofInstrument = [...ofChecks].filter((name) => name.includes('instrument=')).length;
  return {
    ofInstrument,
    ofStage: ofChecks.size - ofInstrument,
    ofOrders: [...more].filter((name) => !ofChecks.has(name)).length,
  };
}

function metricOf(line: string): string {
  const { _aws: metadata, ...parsed } = v.parse(metricLine, JSON.parse(line));
  const [definition] = metadata.CloudWatchMetrics;
  const dimensions = definition?.Dimensions[0]?.map((name) => `${name}=${String(parsed[name])}`) ?? [];
  return [definition?.Metrics[0]?.Name, ...dimensions].join(' ');
}
