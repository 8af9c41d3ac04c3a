import type { CatalogueEntry } from './demand/catalogue.ts';
import { jsonReport } from './report/json-report.ts';
import { summaryRows } from './report/summary-rows.ts';
import { textTable } from './report/table.ts';
import { chooseTraces } from './runner/choose-traces.ts';
import { type BacktestOptions, parseCommandLine } from './runner/command-line.ts';
import { help } from './runner/help.ts';
import { carryOutAll, type PendingTask } from './runner/pool.ts';
import { Progress } from './runner/progress.ts';
import type { Run } from './runner/task.ts';

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
  await report(options, await run(options, chosen.entries));
  return 0;
}

async function run(options: BacktestOptions, traces: readonly CatalogueEntry[]): Promise<readonly Run[]> {
  const tasks = traces.flatMap((trace) => tasksOf(options, trace));
  const progress = new Progress(process.stderr, tasks.length, () => performance.now());
  try {
    return await carryOutAll(tasks, options.threads, () => progress.advance());
  } finally {
    progress.clear();
  }
}

function tasksOf(options: BacktestOptions, trace: CatalogueEntry): readonly PendingTask[] {
  return options.markets.map((market, index) => () => ({
    demand: trace.load(),
    market,
    policies: options.policies,
    conditions: options.conditions,
    // Plots show the first market.
    recorded: options.report !== undefined && index === 0 ? options.policies : [],
  }));
}

async function report(options: BacktestOptions, runs: readonly Run[]): Promise<void> {
  const rows = summaryRows(runs);
  process.stdout.write(options.isJson ? jsonReport(options, rows, runs) : `${textTable(rows)}\n`);
}

process.exitCode = await main(process.argv.slice(2));
