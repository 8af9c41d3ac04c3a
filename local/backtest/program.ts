import { PageFileError, writePage } from '../plots/write-page.ts';
import type { CatalogueEntry } from './demand/catalogue.ts';
import { describeRuns } from './report/describe-runs.ts';
import { jsonReport } from './report/json-report.ts';
import { page } from './report/page/page.ts';
import { runCharts } from './report/run-charts.ts';
import { summaryRows } from './report/summary-rows.ts';
import { textTable } from './report/table.ts';
import { chartLook } from './runner/chart-look.ts';
import { chooseTraces } from './runner/choose-traces.ts';
import { type BacktestOptions, parseCommandLine } from './runner/command-line.ts';
import { help } from './runner/help.ts';
import { planTasks } from './runner/plan.ts';
import { carryOutAll } from './runner/pool.ts';
import { Progress } from './runner/progress.ts';
import type { Run } from './runner/task.ts';

/** Exit code for a wrong command line, as is customary. */
const wrongUsage = 2;

/** Runs the backtest as its command line asks. @returns the exit code */
export async function runBacktestProgram(args: readonly string[]): Promise<number> {
  const { options, problems } = parseCommandLine(args, chartLook(process.stdout, process.env));
  if (options.isHelp) {
    process.stdout.write(help);
    return 0;
  }
  const chosen = chooseTraces(options);
  const allProblems = [...problems, ...chosen.problems];
  if (allProblems.length > 0) {
    process.stderr.write([...allProblems, 'Try: npm run backtest -- --help', ''].join('\n'));
    return wrongUsage;
  }
  return publish(options, await runAll(options, chosen.entries));
}

async function runAll(options: BacktestOptions, traces: readonly CatalogueEntry[]): Promise<readonly Run[]> {
  const tasks = planTasks(options, traces);
  const progress = new Progress(process.stderr, tasks.length, () => performance.now());
  try {
    return await carryOutAll(tasks, options.threads, () => progress.advance());
  } finally {
    progress.clear();
  }
}

/** Prints the figures, draws them, and writes the page. */
async function publish(options: BacktestOptions, runs: readonly Run[]): Promise<number> {
  const rows = summaryRows(runs);
  process.stdout.write(options.isJson ? jsonReport(options, rows, runs) : `${textTable(rows)}\n`);
  if (options.charts !== undefined) process.stdout.write(`${runCharts(runs, options.charts)}\n`);
  if (options.report === undefined) return 0;
  try {
    await writePage(options.report, page({ rows, runs, description: describeRuns(options, runs) }));
    return 0;
  } catch (error) {
    if (!(error instanceof PageFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
