import { interleave } from '../measure/interleave.ts';
import type { BenchSettings, Part } from '../part.ts';
import { bundleLikeOurs, bundleOfficial } from '../processes/bundle-handlers.ts';
import { type ColdRun, runCold, type Subject } from '../processes/cold-run.ts';
import { createProcessorShare } from '../processes/processor-share.ts';
import { withTemporaryFolder } from '../processes/temporary-folder.ts';
import type { PartReport } from '../report/report.ts';
import { isAnswer, listEvent, orderEvent, tickEvent } from '../surroundings/events.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';
import { coldStartReport } from './cold-start-report.ts';

/**
 * What is started: ours beside one that does nothing, one that makes two POSTs and nothing else, and one that is made of what
 * the exchange's own client is made of.
 */
export type ColdSubject = 'empty' | 'bare' | 'official' | 'place-order' | 'check-balances' | 'read-orders';

/** 512 MB of Lambda's memory bring 0.29 of a processor to an invocation; a start has a whole one. */
const invocationShare = 0.29;

/** Functions as they are deployed, from nothing to their second answer. */
export const coldStart: Part = {
  name: 'cold-start',
  title: 'start, first and second invocation of fresh processes, against an empty and a bare function',
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const surroundings = await startSurroundings({ assemblyDirectory: await settings.assemblyDirectory() });
      try {
        return await measure(surroundings, folder, settings);
      } finally {
        await surroundings.close();
      }
    }),
};

let orders = 0;

function freshOrder() {
  orders += 1;
  return orderEvent(`${process.pid}-${orders}`);
}

function freshTick() {
  return tickEvent(new Date().toISOString());
}

async function measure(
  surroundings: Surroundings,
  handlers: string,
  { runs, onProgress }: BenchSettings,
): Promise<PartReport> {
  const subjects: Record<ColdSubject, Subject> = {
    empty: {
      place: surroundings.placeLike('place-order', await bundleLikeOurs('empty', handlers)),
      event: freshOrder,
      isRight: isAnswer(200),
    },
    bare: {
      place: surroundings.placeLike('place-order', await bundleLikeOurs('bare', handlers)),
      event: freshOrder,
      isRight: isAnswer(200),
    },
    official: {
      place: surroundings.placeLike('place-order', await bundleOfficial(handlers)),
      event: freshOrder,
      isRight: isAnswer(201),
    },
    'place-order': { place: surroundings.placeOf('place-order'), event: freshOrder, isRight: isAnswer(201) },
    'check-balances': {
      place: surroundings.placeOf('check-balances'),
      event: freshTick,
      isRight: () => true,
    },
    'read-orders': { place: surroundings.placeOf('read-orders'), event: listEvent, isRight: isAnswer(200) },
  };
  const tell = (name: string, round: number): void => onProgress(`run ${round + 1} of ${runs}: ${name}`);
  const atFullSpeed = await interleave<ColdSubject, ColdRun>(runnersOf(subjects, undefined), runs, tell);
  const share = createProcessorShare(invocationShare);
  try {
    const throttled =
      share === undefined
        ? undefined
        : await interleave<ColdSubject, ColdRun>(runnersOf(subjects, share.tasks), runs, tell);
    return coldStartReport(coldStart.name, atFullSpeed, throttled);
  } finally {
    share?.close();
  }
}

function runnersOf(subjects: Readonly<Record<ColdSubject, Subject>>, throttle: string | undefined) {
  const runners = Object.entries(subjects).map(
    ([name, subject]) => [name, () => runCold(subject, throttle)] as const,
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name
  return Object.fromEntries(runners) as Record<ColdSubject, () => Promise<ColdRun>>;
}
