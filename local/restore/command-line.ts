import { parseArgs } from 'node:util';

export const usage = `Makes a table that was restored from a backup safe to be used, before the functions are pointed at it.

  npm run restore -- --table NAME --restored-to TIME

NAME is the restored table, not the one in use; TIME the moment that it was restored to, such as 2026-11-23T10:00:00Z. It
opens the breaker, so that nothing is bought, and marks orders that were only recorded at that moment as sent. It can be
run again.
`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  readonly help: boolean;
  readonly tableName: string;
  /** ms since the epoch. */
  readonly restoredTo: number;
}

/** @throws UsageError that says what is missing or wrong */
export function readCommandLine(argv: readonly string[], now: number): Options {
  const { values } = readArguments(argv);
  const { help = false, table = '' } = values;
  if (help) return { help, tableName: '', restoredTo: 0 };
  const restoredTo = timeIn(values['restored-to'] ?? '');
  const problems = [
    ...(table === '' ? ['Name the restored table with --table.'] : []),
    ...(restoredTo === undefined ? ['Say --restored-to TIME, in UTC, such as 2026-11-23T10:00:00Z.'] : []),
    ...(restoredTo !== undefined && restoredTo > now ? ['--restored-to is in the future.'] : []),
  ];
  if (problems.length > 0 || restoredTo === undefined) throw new UsageError(problems.join('\n'));
  return { help, tableName: table, restoredTo };
}

/** A time with its zone, so that nobody's local time is taken for UTC. */
function timeIn(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        table: { type: 'string' },
        'restored-to': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}
