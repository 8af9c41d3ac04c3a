import { parseArgs } from 'node:util';
import * as v from 'valibot';

/** What the bench is asked for. */
export interface BenchCommand {
  /** Names of the parts to run, all of them if none is named. */
  readonly names: readonly string[];
  /** How many fresh processes of each kind. */
  readonly runs: number;
  readonly json: boolean;
  /** Put the figures into `docs/performance.md`. */
  readonly write: boolean;
  readonly help: boolean;
}

/** A command line that cannot be followed. The message says all that is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const fewestRuns = 15;
const runsMessage = '--runs must be a whole number from 1 to 1000';

/** @param known names of the parts that there are. @throws UsageError */
export function readCommandLine(argv: readonly string[], known: readonly string[]): BenchCommand {
  const { values, positionals } = parse(argv);
  const schema = v.object({
    help: v.optional(v.boolean(), false),
    json: v.optional(v.boolean(), false),
    write: v.optional(v.boolean(), false),
    runs: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^\d{1,4}$/, runsMessage),
        v.transform(Number),
        v.minValue(1, runsMessage),
        v.maxValue(1_000, runsMessage),
      ),
      String(fewestRuns),
    ),
    names: v.array(
      v.picklist(
        known,
        ({ input }) => `there is no part ${JSON.stringify(input)}; there are ${known.join(', ')}`,
      ),
    ),
  });
  const parsed = v.safeParse(schema, { ...values, names: positionals });
  if (!parsed.success) throw new UsageError(parsed.issues.map(({ message }) => message).join('\n'));
  return parsed.output;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        write: { type: 'boolean' },
        runs: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}
