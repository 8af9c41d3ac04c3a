import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../../local/service/synthesize.ts';
import { runCrashRounds } from './rounds.ts';

/** `npm run crash -- --rounds N`: the campaign behind the short test. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });
const projectFolder = resolve(import.meta.dirname, '../..');
const assemblyDirectory = resolve(projectFolder, '.local/crash/cdk.out');
await synthesize(projectFolder, assemblyDirectory, 'threshold');
const result = await runCrashRounds(Number(values.rounds), assemblyDirectory, Math.random, (round) => {
  if (round % 10 === 0) process.stderr.write(`${round} rounds\n`);
});
process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
process.exitCode = result.problems.length === 0 ? 0 : 1;
