import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minutesPerDay } from '../calendar.ts';
import { type Demand, demandOf } from './demand.ts';
import { parseTrace } from './parse-trace.ts';
import { regimeDemand, regimeNames } from './regimes.ts';

const tracesDirectory = join(import.meta.dirname, '../traces');

/** The customers' traces were recorded over a fortnight; some are quiet at its end. */
const recordedDays = 14;
const regimeUnitsPerDay = [12, 60, 240, 1200];
const regimeSeeds = [201, 202];

/** A demand by name, made when it is needed. */
export interface CatalogueEntry {
  readonly name: string;
  readonly load: () => Demand;
}

/** Everything that `--all` runs: the customers, then each regime in four sizes and two draws. */
export function catalogue(): readonly CatalogueEntry[] {
  return [...customers(), ...synthetic()];
}

function customers(): CatalogueEntry[] {
  const files = readdirSync(tracesDirectory).filter((file) => file.endsWith('.csv'));
  return files.toSorted().map((file) => {
    const name = basename(file, '.csv');
    return { name, load: () => padded(loadTraceFile(name, join(tracesDirectory, file))) };
  });
}

function synthetic(): CatalogueEntry[] {
  return regimeNames.flatMap((regime) =>
    regimeUnitsPerDay.flatMap((unitsPerDay) =>
      regimeSeeds.map((seed) => ({
        name: `${regime}-${unitsPerDay}-${seed}`,
        load: () => regimeDemand(regime, unitsPerDay, seed),
      })),
    ),
  );
}

function padded(demand: Demand): Demand {
  const steps = new Float64Array(recordedDays * minutesPerDay);
  steps.set(demand.steps);
  return { ...demand, steps };
}

/** A trace that cannot be read, with every reason. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    this.problems = problems.map((problem) => `${file}: ${problem}`);
  }
}

/** @throws TraceError */
export function loadTraceFile(name: string, file: string): Demand {
  const parsed = parseTrace(readText(file));
  if (parsed.kind === 'unreadable') throw new TraceError(file, parsed.problems);
  return demandOf(name, parsed.units);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TraceError(file, [
      code === 'ENOENT' ? 'there is no such file, and no trace of that name' : `it cannot be read (${code})`,
    ]);
  }
}
