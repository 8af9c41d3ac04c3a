import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave } from '../measure/interleave.ts';
import type { BenchSettings, Part } from '../part.ts';
import { bundleLikeOurs } from '../processes/bundle-handlers.ts';
import { type ColdRun, runCold, type Subject } from '../processes/cold-run.ts';
import { createProcessorShare } from '../processes/processor-share.ts';
import type { PartReport } from '../report/report.ts';
import { isAnswer, listEvent, orderEvent, tickEvent } from '../surroundings/events.ts';
import { type Surroundings, startSurroundings } from '../surroundings/surroundings.ts';
import { coldStartReport } from './cold-start-report.ts';

/** What is started: ours beside one that does nothing and one that makes two POSTs and nothing else. */
export type ColdSubject = 'empty' | 'bare' | 'place-order' | 'check-balances' | 'read-orders';

/** 512 MB of Lambda's memory bring 0.29 of a processor to an invocation; a start has a whole one. */
const invocationShare = 0.29;

/** Functions as they are deployed, from nothing to their second answer. */
export const coldStart: Part = {
  name: 'cold-start',
  title: 'start, first and second invocation of fresh processes, against an empty and a bare function',
  run: async (settings) => {
    const handlers = mkdtempSync(join(tmpdir(), 'grid-buyer-bench-'));
    const surroundings = await startSurroundings({ assemblyDirectory: await settings.assemblyDirectory() });
    try {
      return await measure(surroundings, handlers, settings);
    } finally {
      await surroundings.close();
      rmSync(handlers, { recursive: true });
    }
  },
};

async function measure(
  surroundings: Surroundings,
  handlers: string,
  { runs, onProgress }: BenchSettings,
): Promise<PartReport> {
  const subjects: Record<ColdSubject, Subject> = {
    empty: {
      place: surroundings.placeLike('place-order', await bundleLikeOurs('empty', handlers)),
      event: orderEvent,
      isRight: isAnswer(200),
    },
    bare: {
      place: surroundings.placeLike('place-order', await bundleLikeOurs('bare', handlers)),
      event: orderEvent,
      isRight: isAnswer(200),
    },
    'place-order': { place: surroundings.placeOf('place-order'), event: orderEvent, isRight: isAnswer(201) },
    'check-balances': {
      place: surroundings.placeOf('check-balances'),
      event: tickEvent,
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
