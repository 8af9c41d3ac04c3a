import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** Where mutation testing leaves its results. */
const resultFile = new URL('../../.local/mutation/mutation.json', import.meta.url);

const resultSchema = v.object({
  files: v.record(v.string(), v.object({ mutants: v.array(v.object({ status: v.string() })) })),
});

/** How many small changes to a file the tests have noticed. */
export interface FileScore {
  readonly file: string;
  readonly noticed: number;
  readonly survived: number;
}

/** What the last mutation testing on this machine has found; undefined if there was none. */
export async function readMutationScore(): Promise<readonly FileScore[] | undefined> {
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { files } = v.parse(resultSchema, JSON.parse(text));
  return Object.entries(files).map(([file, { mutants }]) => {
    const count = (...statuses: readonly string[]): number =>
      mutants.filter(({ status }) => statuses.includes(status)).length;
    return { file, noticed: count('Killed', 'Timeout'), survived: count('Survived', 'NoCoverage') };
  });
}

/** A markdown section of it. */
export function scoreSection(scores: readonly FileScore[]): readonly string[] {
  const total = scores.reduce(
    (sum, { noticed, survived }) => ({
      file: sum.file,
      noticed: sum.noticed + noticed,
      survived: sum.survived + survived,
    }),
    { file: '**All**', noticed: 0, survived: 0 },
  );
  return [
    '## Small changes, everywhere',
    '',
    'Stryker changes every condition, operator and literal of the order machine, the ledger and the classification of',
    'answers, one at a time (`npm run mutation`), and runs the tests of that code. Timeouts count as noticed.',
    '',
    '| File | Noticed | Survived | Score |',
    '|---|---|---|---|',
    ...scores.map((score) => rowOf({ ...score, file: `\`${score.file}\`` })),
    rowOf(total),
    '',
  ];
}

function rowOf({ file, noticed, survived }: FileScore): string {
  const score = noticed + survived === 0 ? 100 : (100 * noticed) / (noticed + survived);
  return `| ${file} | ${noticed} | ${survived} | ${score.toFixed(1)} % |`;
}
