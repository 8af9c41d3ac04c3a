import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { replacementsOf } from './mutant.ts';
import { mutants } from './mutants.ts';
import { readMutationScore } from './mutation-score.ts';
import { problemsOf } from './replace-source.ts';
import { lineOf, markdownOf } from './report.ts';
import { isFound, type MutantResult, tryMutant } from './try-mutant.ts';

const usage = 'npm run mutants -- [--only TEXT] [--seeds N] [--report FILE]';

/** `npm run mutants`: takes the rules of the design out of the code one by one, and sees that each is missed. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: '' },
      seeds: { type: 'string', default: '600' },
      report: { type: 'string' },
    },
  });
  const seeds = Number(values.seeds);
  if (!Number.isSafeInteger(seeds) || seeds < 1) {
    console.error(`--seeds must be a positive whole number.\n${usage}`);
    return 2;
  }
  const chosen = mutants.filter(({ name }) => name.includes(values.only));
  const problems = await problemsOf(chosen.flatMap(replacementsOf));
  if (problems.length > 0) {
    console.error(`The code has changed, and these mutants prove nothing:\n${problems.join('\n')}`);
    return 2;
  }
  const startedAt = performance.now();
  const results = await tryAll(chosen, seeds);
  const seconds = (performance.now() - startedAt) / 1000;
  const found = results.filter(isFound).length;
  console.log(`\n${found} of ${results.length} found in ${seconds.toFixed(0)} s`);
  if (values.report !== undefined)
    await writeFile(
      values.report,
      markdownOf({ results, seeds, seconds, scores: await readMutationScore() }),
    );
  return found === results.length ? 0 : 1;
}

/** As many at a time as there are processors. Results in the order of the mutants. */
async function tryAll(chosen: typeof mutants, seeds: number): Promise<readonly MutantResult[]> {
  const results: MutantResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < chosen.length; index = next++) {
      const mutant = chosen[index];
      if (mutant === undefined) return;
      const result = await tryMutant(mutant, seeds);
      results[index] = result;
      console.log(lineOf(result));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

process.exitCode = await main(process.argv.slice(2));
