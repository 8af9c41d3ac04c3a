import { parseArgs } from 'node:util';
import * as v from 'valibot';

export const usage = `Runs grid-buyer on this machine: the stack that deploys to AWS, with an exchange to buy from.

  npm start                    places one order, then keeps running until Ctrl-C
  npm start -- --exit          stops after the first order and the first balance check
  npm start -- --data DIR      keeps orders, key and exchange in a folder, for the next start
  npm start -- --engine NAME   DynamoDB engine: extenddb (default) or dynoxide (faster, lighter)
  npm start -- --port N        port of the API (default: any free one)
  npm start -- --page-port N   port of the page that shows it all (default: any free one)
`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const port = (name: string) => {
  const message = `--${name} must be a number from 0 to 65535`;
  return v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/, message), v.transform(Number), v.maxValue(65_535, message)),
  );
};

const optionsSchema = v.object({
  help: v.optional(v.boolean(), false),
  exit: v.optional(v.boolean(), false),
  data: v.optional(v.pipe(v.string(), v.nonEmpty('--data needs a folder'))),
  engine: v.optional(v.picklist(['extenddb', 'dynoxide'], '--engine must be extenddb or dynoxide')),
  port: port('port'),
  'page-port': port('page-port'),
});

export type ConsoleOptions = v.InferOutput<typeof optionsSchema>;

/** @throws UsageError with everything that is wrong */
export function readCommandLine(argv: readonly string[]): ConsoleOptions {
  const parsed = v.safeParse(optionsSchema, { ...valuesOf(argv) });
  if (!parsed.success) throw new UsageError(parsed.issues.map((issue) => issue.message).join('\n'));
  return parsed.output;
}

function valuesOf(argv: readonly string[]): Record<string, unknown> {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', short: 'h' },
        exit: { type: 'boolean' },
        data: { type: 'string' },
        engine: { type: 'string' },
        port: { type: 'string' },
        'page-port': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}
