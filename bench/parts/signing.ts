import * as v from 'valibot';
import { interleave } from '../measure/interleave.ts';
import { median } from '../measure/median.ts';
import type { Part } from '../part.ts';
import { bundleLikeOurs } from '../processes/bundle-handlers.ts';
import { MeasuredFunction } from '../processes/measured-function.ts';
import { withTemporaryFolder } from '../processes/temporary-folder.ts';
import type { Column, PartReport } from '../report/report.ts';
import { startSurroundings } from '../surroundings/surroundings.ts';

type Signer = 'sign-raw' | 'sign-ours' | 'sign-tweetnacl';

interface Signed {
  /** From the import of the code to the first signature. */
  readonly firstMs: number;
  readonly firstCpuMs: number;
  /** The middle one of many. */
  readonly warmUs: number;
}

const signers: readonly Signer[] = ['sign-raw', 'sign-ours', 'sign-tweetnacl'];
const many = 500;
const answerSchema = v.object({ microseconds: v.number() });

/** Signatures of orders. */
export const signing: Part = {
  name: 'signing',
  title: 'the first signature of a fresh process and one of many, beside tweetnacl and node:crypto',
  run: (settings) =>
    withTemporaryFolder(async (folder) => {
      const surroundings = await startSurroundings({ assemblyDirectory: await settings.assemblyDirectory() });
      try {
        const runner = async (name: Signer) => {
          const place = surroundings.placeLike('place-order', await bundleLikeOurs(name, folder));
          return () => signIn(() => MeasuredFunction.start(place));
        };
        const runners = {
          'sign-raw': await runner('sign-raw'),
          'sign-ours': await runner('sign-ours'),
          'sign-tweetnacl': await runner('sign-tweetnacl'),
        };
        const runs = await interleave<Signer, Signed>(runners, settings.runs, (name, round) =>
          settings.onProgress(`run ${round + 1} of ${settings.runs}: ${name}`),
        );
        return report(runs);
      } finally {
        await surroundings.close();
      }
    }),
};

async function signIn(start: () => ReturnType<typeof MeasuredFunction.start>): Promise<Signed> {
  const { started, init } = await start();
  try {
    const { usage: first } = await started.invoke({ times: 1 });
    const { payload } = await started.invoke({ times: many });
    return {
      firstMs: init.wallMs + first.wallMs,
      firstCpuMs: init.cpuMs + first.cpuMs,
      warmUs: v.parse(answerSchema, payload).microseconds,
    };
  } finally {
    await started.close();
  }
}

function report(runs: Readonly<Record<Signer, readonly Signed[]>>): PartReport {
  const of = (name: Signer, key: keyof Signed): number => median(runs[name].map((run) => run[key]));
  const rows = signers.map((name) => ({
    name,
    first: of(name, 'firstMs'),
    firstCpu: of(name, 'firstCpuMs'),
    warm: of(name, 'warmUs'),
    toRaw: of(name, 'warmUs') / of('sign-raw', 'warmUs'),
  }));
  return {
    name: signing.name,
    title: 'Signing',
    tables: [{ title: `Signatures, medians of ${runs['sign-raw'].length} fresh processes`, columns, rows }],
    goals: [
      {
        name: 'a warm signature / a raw one',
        limit: 1.2,
        measured: of('sign-ours', 'warmUs') / of('sign-raw', 'warmUs'),
      },
      {
        name: 'processor time of the first signature / tweetnacl',
        limit: 0.25,
        measured: of('sign-ours', 'firstCpuMs') / of('sign-tweetnacl', 'firstCpuMs'),
      },
    ],
  };
}

const columns: readonly Column[] = [
  { key: 'name', head: 'with', meaning: '' },
  {
    key: 'first',
    head: 'first',
    meaning: 'from the import of the code to the first signature, ms',
    places: 1,
  },
  { key: 'firstCpu', head: 'first CPU', meaning: 'processor time of that, ms', places: 1 },
  { key: 'warm', head: 'warm', meaning: `the middle one of ${many}, microseconds`, places: 1 },
  { key: 'toRaw', head: 'x raw', meaning: "against node:crypto's over bytes that are ready", places: 2 },
];
