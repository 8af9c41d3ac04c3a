import { join } from 'node:path';
import { interleave } from '../measure/interleave.ts';
import { median, percentile } from '../measure/median.ts';
import { sharesBySource } from '../measure/processor-profile.ts';
import type { BenchSettings, Part } from '../part.ts';
import { bundleLikeOurs, bundleOfficial, bundleWithMap } from '../processes/bundle-handlers.ts';
import { type Drive, type Driven, drive } from '../processes/drive.ts';
import type { FunctionPlace } from '../processes/measured-function.ts';
import { withTemporaryFolder } from '../processes/temporary-folder.ts';
import type { Column, Goal, PartReport, Row, Table } from '../report/report.ts';
import { orderEvent } from '../surroundings/events.ts';
import { startQuickExchange } from '../surroundings/quick-exchange.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';

type Subject = 'empty' | 'bare' | 'same-requests' | 'official' | 'place-order';

const subjects: readonly Subject[] = ['empty', 'bare', 'same-requests', 'official', 'place-order'];

/** Enough for V8 to have compiled what is hot. */
const warmUp = 200;
const orders = 300;
const rounds = 3;
const crowd = 16;

/** An order when everything is warm, and the exchange answers at once. */
export const warmOrder: Part = {
  name: 'warm-order',
  title: 'processor time, requests and memory of an order in a warm process',
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const exchange = await startQuickExchange(1);
      const surroundings = await startSurroundings({
        assemblyDirectory: await settings.assemblyDirectory(),
        exchangeOrigin: exchange.url,
      });
      try {
        return await measure(surroundings, folder, settings);
      } finally {
        await surroundings.close();
        await exchange.close();
      }
    }),
};

async function measure(
  surroundings: Surroundings,
  folder: string,
  { onProgress }: BenchSettings,
): Promise<PartReport> {
  const like = (path: string): FunctionPlace => surroundings.placeLike('place-order', path);
  const places: Record<Subject, FunctionPlace> = {
    empty: like(await bundleLikeOurs('empty', folder)),
    bare: like(await bundleLikeOurs('bare', folder)),
    'same-requests': like(await bundleLikeOurs('same-requests', folder)),
    official: like(await bundleOfficial(folder)),
    'place-order': surroundings.placeOf('place-order'),
  };
  const tell = (name: string, round: number): void => onProgress(`round ${round + 1} of ${rounds}: ${name}`);
  const requests = new Map<Subject, RequestCounts>();
  const alone = await interleave<Subject, Driven>(
    runnersOf(places, async (name, place) => {
      const driven = await drive(place, { ...plan(name), onWarm: () => takeRequests(surroundings) });
      requests.set(name, takeRequests(surroundings));
      return driven;
    }),
    rounds,
    tell,
  );
  const together = await interleave<Subject, Driven>(
    runnersOf(places, (name, place) => drive(place, { ...plan(name), concurrency: crowd })),
    rounds,
    tell,
  );
  const mapped = await bundleWithMap('place-order', folder);
  const profile = join(folder, 'profile.json');
  await drive(like(mapped), { ...plan('place-order'), profile });
  const tables = [
    {
      title: `An order in a warm process, medians of ${rounds} processes`,
      columns,
      rows: rowsOf(alone, together, requests),
    },
    shareTable(sharesBySource(profile, join(mapped, 'index.mjs'))),
  ];
  return { name: warmOrder.name, title: 'Warm order', tables, goals: goalsOf(alone, together, requests) };
}

function plan(name: Subject): Drive {
  const status = name === 'official' || name === 'place-order' ? 201 : 200;
  return { event: orderEvent('@NUMBER@'), concurrency: 1, warmUp, count: orders, status };
}

function runnersOf(
  places: Readonly<Record<Subject, FunctionPlace>>,
  run: (name: Subject, place: FunctionPlace) => Promise<Driven>,
): Record<Subject, () => Promise<Driven>> {
  return {
    empty: () => run('empty', places.empty),
    bare: () => run('bare', places.bare),
    'same-requests': () => run('same-requests', places['same-requests']),
    official: () => run('official', places.official),
    'place-order': () => run('place-order', places['place-order']),
  };
}

interface RequestCounts {
  readonly toDynamoDb: number;
  readonly writes: number;
  readonly posts: number;
}

/** What was asked since the last time, for each order. */
function takeRequests({ fronts }: Surroundings): RequestCounts {
  const dynamoDb = fronts.dynamoDb.takeCounts();
  const exchange = fronts.exchange.takeCounts();
  const reads = sum(['GetItem', 'BatchGetItem', 'Query'].map((name) => dynamoDb.get(name) ?? 0));
  return {
    toDynamoDb: sum(dynamoDb.values()) / orders,
    writes: (sum(dynamoDb.values()) - reads) / orders,
    posts: sum(exchange.values()) / orders,
  };
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

type Runs = Readonly<Record<Subject, readonly Driven[]>>;

const cpuOf = (runs: readonly Driven[]): number => median(runs.map(({ cpuMs }) => cpuMs / orders));
const rateOf = (runs: readonly Driven[]): number => median(runs.map(({ seconds }) => orders / seconds));
const memoryOf = (runs: readonly Driven[]): number => median(runs.map(({ memoryBytes }) => memoryBytes));

function rowsOf(alone: Runs, together: Runs, requests: ReadonlyMap<Subject, RequestCounts>): Row[] {
  return subjects.map((name) => {
    const walls = alone[name].flatMap(({ runs }) => runs.map(({ wallMs }) => wallMs));
    const cpus = alone[name].flatMap(({ runs }) => runs.map(({ cpuMs }) => cpuMs));
    return {
      name,
      cpu: cpuOf(alone[name]),
      toBare: cpuOf(alone[name]) / cpuOf(alone.bare),
      toSame: cpuOf(alone[name]) / cpuOf(alone['same-requests']),
      cpu50: percentile(cpus, 50),
      cpu99: percentile(cpus, 99),
      wall50: percentile(walls, 50),
      wall99: percentile(walls, 99),
      rate: rateOf(together[name]),
      rateToSame: rateOf(together[name]) / rateOf(together['same-requests']),
      memory: memoryOf(alone[name]) / 2 ** 20,
      ...requests.get(name),
    };
  });
}

function goalsOf(alone: Runs, together: Runs, requests: ReadonlyMap<Subject, RequestCounts>): Goal[] {
  const ours = requests.get('place-order');
  return [
    {
      name: 'processor time of a warm order / bare',
      limit: 2.5,
      measured: cpuOf(alone['place-order']) / cpuOf(alone.bare),
    },
    { name: 'processor time of a warm order, ms', limit: 2, measured: cpuOf(alone['place-order']) },
    {
      name: `orders per second, ${crowd} at a time / bare`,
      limit: 0.3,
      sense: 'at-least',
      measured: rateOf(together['place-order']) / rateOf(together.bare),
    },
    {
      name: 'memory / an empty handler',
      limit: 2.6,
      measured: memoryOf(alone['place-order']) / memoryOf(alone.empty),
    },
    { name: 'writes to DynamoDB per order', limit: 3, measured: ours?.writes },
    { name: 'requests to the exchange per order', limit: 1, measured: ours?.posts },
  ];
}

/** Where the time of a warm order goes, by what the source files are for. */
function shareTable(shares: ReadonlyMap<string | undefined, number>): Table {
  const purposes: readonly (readonly [purpose: string, files: RegExp])[] = [
    ['parse the request, write the answer', /shared\/http|shared\/configuration|valibot|@middy/],
    ['sign', /shared\/signing/],
    ['record (table)', /shared\/(store|aws)|@aws-sdk|@smithy/],
    ['send (exchange)', /shared\/exchange/],
    ['log and measure', /shared\/observability/],
    ['order machine, money', /shared\/(orders|ledger|time|composition)|functions\//],
  ];
  const sums = new Map<string, number>();
  for (const [source, share] of shares) {
    const [purpose = 'Node itself: sockets, TLS, garbage'] =
      purposes.find(([, files]) => source !== undefined && files.test(source)) ?? [];
    sums.set(purpose, (sums.get(purpose) ?? 0) + share);
  }
  const rows = [...sums]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, share]) => ({ name, share: share * 100 }));
  return {
    title: 'Where the processor time of a warm order goes',
    columns: [
      { key: 'name', head: '', meaning: '' },
      { key: 'share', head: '%', meaning: 'with what of Node it calls at once', places: 1 },
    ],
    rows,
  };
}

const columns: readonly Column[] = [
  {
    key: 'name',
    head: 'function',
    meaning: 'bare: two POSTs; same-requests: the four of an order; official: axios, tweetnacl, AWS SDK',
  },
  { key: 'cpu', head: 'CPU', meaning: 'processor time per order, ms', places: 2 },
  { key: 'toBare', head: 'x bare', meaning: 'the same against bare', places: 2 },
  { key: 'toSame', head: 'x same', meaning: 'the same against same-requests', places: 2 },
  { key: 'cpu50', head: 'p50', meaning: 'of the processor time, ms', places: 2 },
  { key: 'cpu99', head: 'p99', meaning: 'of the processor time, ms', places: 2 },
  { key: 'wall50', head: 'wall p50', meaning: 'from the event to the answer, ms', places: 1 },
  { key: 'wall99', head: 'p99', meaning: 'the same', places: 1 },
  { key: 'rate', head: 'per s', meaning: `orders per second, ${crowd} at a time` },
  { key: 'rateToSame', head: 'x same', meaning: 'the same against same-requests', places: 2 },
  { key: 'memory', head: 'MB', meaning: `what the process holds after ${warmUp + orders} orders (RSS)` },
  { key: 'toDynamoDb', head: 'DynamoDB', meaning: 'requests per order', places: 1 },
  { key: 'writes', head: 'writes', meaning: 'of them, a transaction as one', places: 1 },
  { key: 'posts', head: 'exchange', meaning: 'requests per order', places: 1 },
];
