import { median } from '../measure/median.ts';
import type { BenchSettings, Part } from '../part.ts';
import { type Driven, drive } from '../processes/drive.ts';
import type { Column, Goal, PartReport, Row } from '../report/report.ts';
import { orderEvent, tickEvent } from '../surroundings/events.ts';
import { startQuickExchange } from '../surroundings/quick-exchange.ts';
import { instrumentsWith } from '../surroundings/stage-instruments.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';

/** What a tick meets. */
interface Situation {
  readonly name: string;
  readonly instruments: number;
  readonly policy: 'threshold' | 'adaptive';
  /** Orders of ours that rest at the exchange. */
  readonly openOrders: number;
}

const situations: readonly Situation[] = [
  { name: 'nothing to do', instruments: 1, policy: 'threshold', openOrders: 0 },
  { name: 'nothing to do, adaptive policy', instruments: 1, policy: 'adaptive', openOrders: 0 },
  { name: '1 open order', instruments: 1, policy: 'threshold', openOrders: 1 },
  { name: '20 open orders', instruments: 1, policy: 'threshold', openOrders: 20 },
  { name: '200 open orders', instruments: 1, policy: 'threshold', openOrders: 200 },
  { name: '20 instruments', instruments: 20, policy: 'threshold', openOrders: 0 },
  { name: '20 instruments, adaptive policy', instruments: 20, policy: 'adaptive', openOrders: 0 },
];

/** The first ticks learn, and V8 compiles. */
const warmUp = 10;
const ticks = 20;
/** Below every ask, so that they rest. */
const restingPrice = '1.00';

/** A firing of the schedule when everything is warm. */
export const tick: Part = {
  name: 'tick',
  title: 'requests, processor time and memory of a balance check, idle and with open orders',
  run: async (settings) => {
    const rows: Row[] = [];
    for (const situation of situations) {
      settings.onProgress(situation.name);
      rows.push(await measure(situation, settings));
    }
    return report(rows);
  },
};

async function measure(situation: Situation, settings: BenchSettings): Promise<Row> {
  const exchange = await startQuickExchange(situation.instruments);
  const surroundings = await startSurroundings({
    assemblyDirectory: await settings.assemblyDirectory(),
    exchangeOrigin: exchange.url,
    environment: instrumentsWith(exchange.instruments, situation.policy),
  });
  try {
    if (situation.openOrders > 0) await placeResting(surroundings, situation.openOrders);
    const driven = await drive(surroundings.placeOf('check-balances'), {
      event: tickEvent('@NOW@'),
      concurrency: 1,
      warmUp,
      count: ticks,
      status: undefined,
      onWarm: () => takeRequests(surroundings),
    });
    return { name: situation.name, ...figuresOf(driven), ...takeRequests(surroundings) };
  } finally {
    await surroundings.close();
    await exchange.close();
  }
}

async function placeResting(surroundings: Surroundings, count: number): Promise<void> {
  const event = orderEvent('@NUMBER@', restingPrice);
  const settings = { event, concurrency: 4, warmUp: 0, count, status: 201 };
  await drive(surroundings.placeOf('place-order'), settings);
}

function figuresOf({ runs, memoryBytes }: Driven): Row {
  return {
    cpu: median(runs.map(({ cpuMs }) => cpuMs)),
    wall: median(runs.map(({ wallMs }) => wallMs)),
    memory: memoryBytes / 2 ** 20,
  };
}

/** For each tick. */
function takeRequests({ fronts }: Surroundings): Row {
  const dynamoDb = fronts.dynamoDb.takeCounts();
  const writes = dynamoDb.get('TransactWriteItems') ?? 0;
  return {
    signed: sum(fronts.exchange.takeCounts()) / ticks,
    reads: (sum(dynamoDb) - writes) / ticks,
    writes: writes / ticks,
  };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function report(rows: readonly Row[]): PartReport {
  const figure = (name: string, key: string): number | undefined => {
    const value = rows.find((row) => row['name'] === name)?.[key];
    return typeof value === 'number' ? value : undefined;
  };
  const goals: Goal[] = [
    { name: 'signed requests of an idle tick', limit: 5, measured: figure('nothing to do', 'signed') },
    {
      name: 'signed requests of an idle tick, adaptive policy',
      limit: 5,
      measured: figure('nothing to do, adaptive policy', 'signed'),
    },
    {
      name: 'signed requests of an idle tick, 20 instruments',
      limit: 5,
      measured: figure('20 instruments', 'signed'),
    },
    {
      name: 'signed requests of an idle tick, 20 instruments, adaptive policy',
      limit: 5,
      measured: figure('20 instruments, adaptive policy', 'signed'),
    },
    {
      name: 'processor time of an idle tick, ms',
      limit: 100,
      measured: figure('nothing to do, adaptive policy', 'cpu'),
    },
  ];
  return {
    name: tick.name,
    title: 'Balance check',
    tables: [{ title: `A warm balance check, medians of ${ticks}`, columns, rows }],
    goals,
  };
}

const columns: readonly Column[] = [
  { key: 'name', head: '', meaning: '' },
  { key: 'signed', head: 'exchange', meaning: 'signed requests', places: 1 },
  { key: 'reads', head: 'reads', meaning: 'of the table', places: 1 },
  { key: 'writes', head: 'writes', meaning: 'of the table, a transaction as one', places: 1 },
  { key: 'cpu', head: 'CPU', meaning: 'processor time, ms', places: 1 },
  { key: 'wall', head: 'wall', meaning: 'ms', places: 1 },
  { key: 'memory', head: 'MB', meaning: 'what the process holds (RSS)' },
];
