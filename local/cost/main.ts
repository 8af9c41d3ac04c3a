import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../service/synthesize.ts';
import { countsFile, readCounts } from './counts.ts';
import { costDocuments, withCosts } from './documents.ts';
import { measure } from './measure.ts';
import { linesTable, priceNote, totalsTable } from './tables.ts';

const usage = `Says what a stage costs in a month, for 1, 100 and 10,000 orders a day.

  npm run cost                the bill, from what was counted last
  npm run cost -- --measure   counts anew on the local stack first, and keeps what was counted in ${countsFile}
  npm run cost -- --write     also brings the tables in ${costDocuments.join(' and ')} up to date
`;

const projectFolder = resolve(import.meta.dirname, '../..');
const outputFolder = resolve(projectFolder, '.local/cost/cdk.out');

async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      measure: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (values.measure) {
    await synthesize(projectFolder, outputFolder, 'example');
    const counted = await measure(outputFolder, { checks: 10, orders: 20 });
    writeFileSync(countsFile, `${JSON.stringify(counted, null, 2)}\n`);
  }
  const counts = readCounts();
  if (values.write) {
    for (const file of costDocuments) writeFileSync(file, withCosts(readFileSync(file, 'utf8'), counts));
  }
  process.stdout.write(`${priceNote()}\n\n${linesTable(counts)}\n\n${totalsTable(counts)}\n`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `${error instanceof Error ? error.message : 'Failed.'}\n${isUsage ? `\n${usage}` : ''}`,
  );
  process.exitCode = isUsage ? 2 : 1;
}
