import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type FaultClass, faultClasses } from '../faults/fault-plan.ts';

/** What the runner was asked to do. */
export interface SimulateCommand {
  readonly runs: number;
  readonly seed: number;
  readonly faultClass: FaultClass | undefined;
  readonly workers: number;
  /** Print every event of every run. */
  readonly trace: boolean;
  /** Where to write a markdown report. */
  readonly report: string | undefined;
}

export const usage =
  'npm run simulate -- [--runs N] [--seed S] [--class A|B|D|R] [--workers K] [--trace] [--report FILE]';

/** @throws Error if it is not a command */
export function parseCommandLine(args: readonly string[]): SimulateCommand {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      class: { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      trace: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  return {
    runs: wholeNumber('runs', values.runs),
    seed: wholeNumber('seed', values.seed),
    faultClass: faultClass(values.class),
    workers: wholeNumber('workers', values.workers),
    trace: values.trace,
    report: values.report,
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`--${name} must be a positive whole number.`);
  return number;
}

function faultClass(text: string | undefined): FaultClass | undefined {
  if (text === undefined) return undefined;
  const found = faultClasses.find((name) => name === text);
  if (found === undefined) throw new Error('--class must be A, B, D or R.');
  return found;
}
