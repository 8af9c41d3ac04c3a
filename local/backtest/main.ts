import { writeFile } from 'node:fs/promises';
import type { CatalogueEntry } from './demand/catalogue.ts';
import type { PolicyName } from './policies/catalogue.ts';
import { describeRuns } from './report/describe-runs.ts';
import { jsonReport } from './report/json-report.ts';
import { page } from './report/page/page.ts';
import { summaryRows } from './report/summary-rows.ts';
import { textTable } from './report/table.ts';
import { chooseTraces } from './runner/choose-traces.ts';
import { type BacktestOptions, parseCommandLine } from './runner/command-line.ts';
import { help } from './runner/help.ts';
import { carryOutAll, type PendingTask } from './runner/pool.ts';
import { Progress } from './runner/progress.ts';
import type { Run } from './runner/task.ts';

/** Up to so many traces are plotted for each policy. */
const mostFullyPlottedTraces = 4;

/** Exit code for a wrong command line, as is customary. */
const wrongUsage = 2;

async function main(args: readonly string[]): Promise<number> {
  const { options, problems } = parseCommandLine(args);
  if (options.isHelp) {
    process.stdout.write(help);
    return 0;
  }
  const chosen = chooseTraces(options);
  const allProblems = [...problems, ...chosen.problems];
  if (allProblems.length > 0) {
    for (const problem of allProblems) process.stderr.write(`${problem}\n`);
    process.stderr.write('Try: npm run backtest -- --help\n');
    return wrongUsage;
  }
  const runs = await run(options, chosen.entries);
  return report(options, runs);
}

async function run(options: BacktestOptions, traces: readonly CatalogueEntry[]): Promise<readonly Run[]> {
  const recorded = recordedPolicies(options, traces.length);
  const tasks = traces.flatMap((trace) => tasksOf(options, trace, recorded));
  const progress = new Progress(process.stderr, tasks.length, () => performance.now());
  try {
    return await carryOutAll(tasks, options.threads, () => progress.advance());
  } finally {
    progress.clear();
  }
}

/** With many traces the page shows one policy, to keep its size sane. */
function recordedPolicies({ report, policies }: BacktestOptions, traces: number): readonly PolicyName[] {
  if (report === undefined) return [];
  return traces <= mostFullyPlottedTraces ? policies : policies.slice(0, 1);
}

function tasksOf(
  options: BacktestOptions,
  trace: CatalogueEntry,
  recorded: readonly PolicyName[],
): readonly PendingTask[] {
  return options.markets.map((market, index) => () => ({
    demand: trace.load(),
    market,
    policies: options.policies,
    conditions: options.conditions,
    // Plots show the first market.
    recorded: index === 0 ? recorded : [],
  }));
}

/** Prints the figures and writes the page. */
async function report(options: BacktestOptions, runs: readonly Run[]): Promise<number> {
  const rows = summaryRows(runs);
  process.stdout.write(options.isJson ? jsonReport(options, rows, runs) : `${textTable(rows)}\n`);
  if (options.report === undefined) return 0;
  try {
    await writeFile(options.report, page({ rows, runs, description: describeRuns(options, runs) }));
    return 0;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    process.stderr.write(`${options.report} cannot be written (${reason})\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
