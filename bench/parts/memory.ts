import { median } from '../measure/median.ts';
import type { BenchSettings, Part } from '../part.ts';
import { invokeRightly, type Subject } from '../processes/cold-run.ts';
import { MeasuredFunction } from '../processes/measured-function.ts';
import { createProcessorShare } from '../processes/processor-share.ts';
import type { Column, PartReport, Row } from '../report/report.ts';
import { isAnswer, listEvent, orderEvent, tickEvent } from '../surroundings/events.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';

const sizes = [128, 256, 512, 1_024, 1_769] as const;
/** So much memory brings one whole processor. */
const wholeProcessor = 1_769;
/** USD, on arm64, from AWS's price list (us-east-1, the first tier). */
const pricePerGigabyteSecond = 0.0000133334;
const pricePerMillionRequests = 0.2;
const runs = 3;
const warmInvocations = 12;
const measuredInvocations = 6;

/** What each function takes and costs with more or less memory, which brings more or less of a processor. */
export const memory: Part = {
  name: 'memory',
  title: 'time and cost of functions with 128 MB to 1769 MB of memory',
  run: async (settings) => {
    const surroundings = await startSurroundings({ assemblyDirectory: await settings.assemblyDirectory() });
    try {
      return { name: 'memory', title: 'Memory', tables: await tables(surroundings, settings), goals: [] };
    } finally {
      await surroundings.close();
    }
  },
};

async function tables(surroundings: Surroundings, settings: BenchSettings): Promise<PartReport['tables']> {
  let orders = 0;
  const place = (name: string) => surroundings.placeOf(name);
  // Orders last: a check looks at all that are open.
  const subjects: Readonly<Record<string, Subject>> = {
    'check-balances': {
      place: place('check-balances'),
      event: () => tickEvent(new Date().toISOString()),
      isRight: () => true,
    },
    'read-orders': { place: place('read-orders'), event: listEvent, isRight: isAnswer(200) },
    'place-order': {
      place: place('place-order'),
      event: () => {
        orders += 1;
        return orderEvent(`memory-${process.pid}-${orders}`);
      },
      isRight: isAnswer(201),
    },
  };
  const found = [];
  for (const [name, subject] of Object.entries(subjects)) {
    const rows: Row[] = [];
    for (const size of sizes) {
      settings.onProgress(`${name} with ${size} MB`);
      const row = await withMemory(size, subject);
      if (row !== undefined) rows.push(row);
    }
    found.push({ title: name, columns, rows });
  }
  return found;
}

/** @returns undefined where processes cannot be slowed down */
async function withMemory(size: number, subject: Subject): Promise<Row | undefined> {
  const share = createProcessorShare(size / wholeProcessor);
  if (share === undefined) return undefined;
  try {
    const firsts: number[] = [];
    const warms: number[] = [];
    const held: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { first, warm, memoryBytes } = await runOnce(size, subject, share.tasks);
      firsts.push(first);
      warms.push(...warm);
      held.push(memoryBytes);
    }
    const warm = median(warms);
    const gigabyteSeconds = (size / 1_024) * (warm / 1_000);
    return {
      name: `${size} MB`,
      first: median(firsts),
      warm,
      held: median(held) / 2 ** 20,
      cost: gigabyteSeconds * pricePerGigabyteSecond * 1e6 + pricePerMillionRequests,
    };
  } finally {
    share.close();
  }
}

async function runOnce(size: number, subject: Subject, throttle: string) {
  const { place } = subject;
  const description = { ...place.description, memoryMegabytes: size };
  const { started } = await MeasuredFunction.start({ ...place, description, throttle });
  try {
    const first = await invokeRightly(started, subject);
    const warm = [];
    for (let index = 0; index < warmInvocations; index += 1) warm.push(await invokeRightly(started, subject));
    const measured = warm.slice(-measuredInvocations);
    return {
      first: first.wallMs,
      warm: measured.map(({ wallMs }) => wallMs),
      memoryBytes: measured.at(-1)?.memoryBytes ?? 0,
    };
  } finally {
    await started.close();
  }
}

const columns: readonly Column[] = [
  { key: 'name', head: 'memory', meaning: '' },
  { key: 'first', head: 'first', meaning: 'first invocation, ms', places: 0 },
  { key: 'warm', head: 'warm', meaning: 'a later one, ms', places: 1 },
  { key: 'held', head: 'MB', meaning: 'what the process holds (RSS)' },
  { key: 'cost', head: 'USD', meaning: 'a million warm invocations, at the list price of arm64', places: 2 },
];
