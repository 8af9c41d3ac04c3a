import { parseArgs } from 'node:util';
import { parseDecimal, type Usd } from '../../shared/ledger/decimal.ts';

export const usage = `Tests what the exchange really does, with orders for 1 Unit. Says first what it will do and spend at most.

  npm run go-live -- --stage NAME                      lists the tests and what they spend at most; sends nothing
  npm run go-live -- --stage NAME --secret ARN --run   runs them with the stage's key, after you have typed yes
  npm run go-live -- --stage NAME --key-file FILE --run    ... with a key of the same account from a file

  --market SYMBOL   instrument to buy (default: the first of the stage)
  --report FILE     where to write the findings (default: go-live-report.md)
  --budget USD      spends no more than this
  --yes             does not ask; needs --budget
  --exchange URL    another address of the exchange, such as a simulator's on this machine
`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  readonly help: boolean;
  readonly stage: string;
  readonly run: boolean;
  readonly yes: boolean;
  readonly budget: Usd | undefined;
  readonly market: string | undefined;
  readonly secret: string | undefined;
  readonly keyFile: string | undefined;
  readonly report: string;
  readonly exchange: string | undefined;
}

/** @throws UsageError */
export function readCommandLine(argv: readonly string[]): Options {
  const values = valuesOf(argv);
  const { help = false, run = false, yes = false, stage, secret } = values;
  const keyFile = values['key-file'];
  const budget = values.budget === undefined ? undefined : parseDecimal(values.budget);
  const problems = [
    [stage === undefined && !help, '--stage is needed.'],
    [values.budget !== undefined && budget === undefined, '--budget must be USD such as 10.00.'],
    [run && (secret === undefined) === (keyFile === undefined), 'Choose one of --secret and --key-file.'],
    [yes && budget === undefined, '--yes needs --budget.'],
  ] as const;
  const problem = problems.find(([holds]) => holds)?.[1];
  if (problem !== undefined) throw new UsageError(problem);
  return {
    help,
    run,
    yes,
    budget,
    secret,
    keyFile,
    stage: stage ?? '',
    market: values.market,
    report: values.report ?? 'go-live-report.md',
    exchange: values.exchange,
  };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        stage: { type: 'string' },
        market: { type: 'string' },
        secret: { type: 'string' },
        'key-file': { type: 'string' },
        report: { type: 'string' },
        budget: { type: 'string' },
        exchange: { type: 'string' },
        run: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The command line cannot be read.');
  }
}
