import { writeFile } from 'node:fs/promises';
import { simulate } from './run.ts';
import { runCampaign } from './runner/campaign.ts';
import { campaignProgress } from './runner/campaign-progress.ts';
import { parseCommandLine, type SimulateCommand, usage } from './runner/command-line.ts';
import { faultClassOf } from './runner/fault-class-of.ts';
import { type CampaignReport, markdownOf, rateOf, replayCommand, tableOf } from './runner/report.ts';

const mostFailuresShown = 20;

/** `npm run simulate`: many seeds on all processors, or one of them event by event. */
async function main(args: readonly string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) return 2;
  return command.trace ? showRuns(command) : campaign(command);
}

function readCommand(args: readonly string[]): SimulateCommand | undefined {
  try {
    return parseCommandLine(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'Unknown trouble.'}\n${usage}`);
    return undefined;
  }
}

async function campaign({ seed, runs, faultClass, workers, report: file }: SimulateCommand): Promise<number> {
  const startedAt = performance.now();
  const onProgress = campaignProgress(process.stderr, runs);
  const result = await runCampaign({ firstSeed: seed, runs, faultClass, workers, onProgress });
  const seconds = (performance.now() - startedAt) / 1000;
  const report: CampaignReport = { result, firstSeed: seed, runs, workers, seconds };
  console.log(`${tableOf(report)}\n\n${rateOf(report)}`);
  for (const run of result.failed.slice(0, mostFailuresShown)) {
    console.log(`\n${run.violation.invariant}: ${run.violation.finding}\n  ${replayCommand(run)}`);
  }
  if (result.failed.length > mostFailuresShown)
    console.log(`\nand ${result.failed.length - mostFailuresShown} more`);
  if (file !== undefined) await writeFile(file, markdownOf(report));
  return result.failed.length === 0 ? 0 : 1;
}

async function showRuns({ seed, runs, faultClass }: SimulateCommand): Promise<number> {
  let failures = 0;
  for (let current = seed; current < seed + runs; current += 1) {
    const result = await simulate({
      seed: current,
      faultClass: faultClass ?? faultClassOf(current),
      trace: true,
    });
    console.log(JSON.stringify(result.scenario, withBigIntsAsText, 2));
    for (const line of result.trace) console.log(line);
    console.log(`seed ${current}, class ${result.faultClass}, digest ${result.digest}`);
    if (result.violation !== undefined) failures += 1;
  }
  return failures === 0 ? 0 : 1;
}

function withBigIntsAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

process.exitCode = await main(process.argv.slice(2));
