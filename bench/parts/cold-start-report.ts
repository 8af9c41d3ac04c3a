import { median } from '../measure/median.ts';
import type { ColdRun } from '../processes/cold-run.ts';
import type { Column, Goal, PartReport, Row, Table } from '../report/report.ts';
import type { ColdSubject } from './cold-start.ts';

type Runs = Readonly<Record<ColdSubject, readonly ColdRun[]>>;

/** @param throttled undefined where processes cannot be slowed down */
export function coldStartReport(name: string, atFullSpeed: Runs, throttled: Runs | undefined): PartReport {
  const tables: Table[] = [
    {
      title: `Fresh processes at full speed, medians of ${atFullSpeed.bare.length}`,
      columns: fullSpeedColumns,
      rows: subjectsOf(atFullSpeed).map((subject) => fullSpeedRow(subject, atFullSpeed)),
    },
  ];
  if (throttled !== undefined) {
    tables.push({
      title: 'The same with 0.29 of a processor after the start, as with 512 MB',
      columns: throttledColumns,
      rows: subjectsOf(throttled).map((subject) => throttledRow(subject, throttled)),
    });
  }
  return { name, title: 'Cold start', tables, goals: goalsOf(atFullSpeed, throttled) };
}

function goalsOf(atFullSpeed: Runs, throttled: Runs | undefined): Goal[] {
  const ours = [atFullSpeed['place-order'], atFullSpeed['check-balances'], atFullSpeed['read-orders']].flat();
  return [
    {
      name: 'processor time of a cold order, whole process / bare',
      limit: 2,
      measured: processCpu(atFullSpeed['place-order']) / processCpu(atFullSpeed.bare),
    },
    {
      name: 'first order with 0.29 of a processor / bare',
      limit: 1,
      measured: throttled && firstMs(throttled['place-order']) / firstMs(throttled.bare),
    },
    {
      name: "processes of ours that have loaded Node's fetch",
      limit: 0,
      measured: ours.filter(({ second }) => second.hasLoadedUndici).length,
    },
  ];
}

function fullSpeedRow(name: ColdSubject, all: Runs): Row {
  const runs = all[name];
  return {
    name,
    initMs: median(runs.map(({ init }) => init.wallMs)),
    initCpu: median(runs.map(({ init }) => init.cpuMs)),
    firstMs: firstMs(runs),
    coldCpu: coldCpu(runs),
    toBare: coldCpu(runs) / coldCpu(all.bare),
    processCpu: processCpu(runs),
    processToBare: processCpu(runs) / processCpu(all.bare),
    secondMs: median(runs.map(({ second }) => second.wallMs)),
    secondCpu: median(runs.map(({ second }) => second.cpuMs)),
    memory: median(runs.map(({ second }) => second.memoryBytes)) / 2 ** 20,
  };
}

function throttledRow(name: ColdSubject, all: Runs): Row {
  const runs = all[name];
  return {
    name,
    initMs: median(runs.map(({ init }) => init.wallMs)),
    firstMs: firstMs(runs),
    toBare: firstMs(runs) / firstMs(all.bare),
    secondMs: median(runs.map(({ second }) => second.wallMs)),
  };
}

function subjectsOf(runs: Runs): ColdSubject[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record has exactly these keys
  return Object.keys(runs) as ColdSubject[];
}

function firstMs(runs: readonly ColdRun[]): number {
  return median(runs.map(({ first }) => first.wallMs));
}

/** Of the function itself: start and first invocation. */
function coldCpu(runs: readonly ColdRun[]): number {
  return median(runs.map(({ init, first }) => init.cpuMs + first.cpuMs));
}

/** The same with what comes before it: Node and the runtime client. */
function processCpu(runs: readonly ColdRun[]): number {
  return median(runs.map(({ first }) => first.cpuSinceStartMs));
}

const fullSpeedColumns: readonly Column[] = [
  { key: 'name', head: 'function', meaning: 'bare makes two POSTs over TLS and nothing else' },
  {
    key: 'initMs',
    head: 'init',
    meaning: 'from the import of the function to its readiness, ms',
    places: 1,
  },
  { key: 'initCpu', head: 'init CPU', meaning: 'processor time of that, all threads, ms', places: 1 },
  { key: 'firstMs', head: 'first', meaning: 'first invocation, ms', places: 1 },
  { key: 'coldCpu', head: 'cold CPU', meaning: 'processor time of init and first invocation, ms', places: 1 },
  { key: 'toBare', head: 'x bare', meaning: 'the same against bare', places: 2 },
  {
    key: 'processCpu',
    head: 'process',
    meaning: 'cold CPU with the start of Node and of the runtime client, ms',
    places: 1,
  },
  { key: 'processToBare', head: 'x bare', meaning: 'the same against bare', places: 2 },
  { key: 'secondMs', head: 'second', meaning: 'second invocation, ms', places: 1 },
  { key: 'secondCpu', head: 'second CPU', meaning: 'its processor time, ms', places: 1 },
  { key: 'memory', head: 'MB', meaning: 'what the process holds then (RSS)' },
];

const throttledColumns: readonly Column[] = [
  { key: 'name', head: 'function', meaning: '' },
  { key: 'initMs', head: 'init', meaning: 'ms, at full speed', places: 1 },
  { key: 'firstMs', head: 'first', meaning: 'first invocation, ms', places: 1 },
  { key: 'toBare', head: 'x bare', meaning: 'the same against bare', places: 2 },
  { key: 'secondMs', head: 'second', meaning: 'second invocation, ms', places: 1 },
];
