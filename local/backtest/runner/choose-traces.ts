import { basename } from 'node:path';
import { type CatalogueEntry, catalogue, loadTraceFile, TraceError } from '../demand/catalogue.ts';
import type { BacktestOptions } from './command-line.ts';

/** The traces to run, and what is wrong with those that cannot be. */
export interface ChosenTraces {
  readonly entries: readonly CatalogueEntry[];
  readonly problems: readonly string[];
}

/** Takes traces of the catalogue by name and reads others from files. */
export function chooseTraces({ traces, every }: BacktestOptions): ChosenTraces {
  const all = catalogue();
  if (traces.length === 0) return { entries: all.filter((_, index) => index % every === 0), problems: [] };
  const entries: CatalogueEntry[] = [];
  const problems: string[] = [];
  for (const trace of new Set(traces)) {
    const known = all.find(({ name }) => name === trace);
    const chosen = known ?? fromFile(trace);
    if (Array.isArray(chosen)) problems.push(...chosen);
    else entries.push(chosen);
  }
  return { entries, problems };
}

/** The trace of a file, or what is wrong with it. */
function fromFile(file: string): CatalogueEntry | string[] {
  try {
    const demand = loadTraceFile(basename(file, '.csv'), file);
    return { name: demand.name, load: () => demand };
  } catch (error) {
    if (error instanceof TraceError) return [...error.problems];
    throw error;
  }
}
