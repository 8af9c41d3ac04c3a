import { resolve } from 'node:path';
import { minutesPerDay } from '../../local/backtest/calendar.ts';
import { Progress } from '../../local/backtest/runner/progress.ts';
import { usualConditions } from '../../local/backtest/simulate/conditions.ts';
import { synthesize } from '../../local/service/synthesize.ts';
import { parseCommandLine, usage, type WeekCommand } from './command-line.ts';
import { compare } from './compare.ts';
import { runWeek } from './run-week.ts';
import { tableOf } from './table.ts';

/** Exit code for a wrong command line, as is customary. */
const wrongUsage = 2;
const mostErrorsShown = 10;
const projectFolder = resolve(import.meta.dirname, '../..');
const assemblyDirectory = resolve(projectFolder, '.local/week/cdk.out');

/** `npm run week`: a simulated week through the deployed bundles, beside the backtest's. */
async function main(args: readonly string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) return wrongUsage;
  if (command === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  process.stderr.write('Synthesizing the stack ...\n');
  await synthesize(projectFolder, assemblyDirectory, 'threshold');
  return runAndReport(command);
}

function readCommand(args: readonly string[]): ReturnType<typeof parseCommandLine> | undefined {
  try {
    return parseCommandLine(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return undefined;
  }
}

async function runAndReport({ days }: WeekCommand): Promise<number> {
  const minutes = days * minutesPerDay;
  const { learningMinutes } = usualConditions;
  const startedAt = performance.now();
  const progress = new Progress(process.stderr, minutes, () => performance.now());
  let minute = 0;
  const onMinute = (): void => {
    progress.advance();
    minute += 1;
    if (minute % minutesPerDay === 0 && !process.stderr.isTTY) {
      process.stderr.write(`day ${minute / minutesPerDay} of ${days}\n`);
    }
  };
  const { pairs, errors, isConserved } = await runWeek({
    assemblyDirectory,
    minutes,
    learningMinutes,
    onMinute,
  });
  progress.clear();
  const comparisons = compare(pairs);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  process.stdout.write(
    `${tableOf(comparisons)}\n\n${days} days in ${seconds} s, the first one not scored.\n`,
  );
  for (const line of errors.slice(0, mostErrorsShown)) process.stdout.write(`${line}\n`);
  if (errors.length > 0) process.stdout.write(`The functions logged ${errors.length} errors.\n`);
  if (!isConserved) process.stdout.write('Units or USD have appeared or vanished at the exchange.\n');
  const isSame = comparisons.every(({ tooFar }) => tooFar.size === 0);
  return isSame && isConserved && errors.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
