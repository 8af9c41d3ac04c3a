import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Mode, modes } from '../../shared/orders/control-port.ts';
import { closeBreaker, putSettings, readSettings } from '../../shared/store/control-store.ts';

const usage = `Sets whether grid-buyer buys. For administrators: it needs PutItem and DeleteItem on the stage's table.

  npm run control -- show --table NAME
  npm run control -- live|paused|dry-run --reason TEXT --table NAME
  npm run control -- close-breaker --table NAME

NAME is the output TableName of the stack. Limits that were set stay as they are.
`;

/** A command line that cannot be followed. */
class UsageError extends Error {}

interface Command {
  readonly verb: string;
  readonly tableName: string;
  readonly reason: string | undefined;
}

function readCommand(argv: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { table: { type: 'string' }, reason: { type: 'string' } },
  });
  const [verb, ...rest] = positionals;
  if (verb === undefined || rest.length > 0)
    throw new UsageError('Say one of show, live, paused, dry-run, close-breaker.');
  if (values.table === undefined) throw new UsageError('Name the table with --table.');
  return { verb, tableName: values.table, reason: values.reason };
}

async function run({ verb, tableName, reason }: Command): Promise<string> {
  const tools = { client: new DynamoDBClient({}), tableName };
  const mode = modes.find((one) => one === verb.toUpperCase().replace('-', '_'));
  if (mode !== undefined) return setMode(tools, mode, reason);
  if (verb === 'close-breaker') {
    await closeBreaker(tools);
    return 'The breaker is closed.';
  }
  if (verb !== 'show') throw new UsageError(`There is no command ${JSON.stringify(verb)}.`);
  const { settings, breaker } = await readSettings(tools);
  return [
    settings === undefined
      ? 'Mode: DRY_RUN (never set)'
      : `Mode: ${settings.mode} (by ${settings.by}: ${settings.reason})`,
    breaker === undefined
      ? 'Breaker: closed'
      : `Breaker: open since ${new Date(breaker.at).toISOString()} (${breaker.reason})`,
  ].join('\n');
}

async function setMode(
  tools: { readonly client: DynamoDBClient; readonly tableName: string },
  mode: Mode,
  reason: string | undefined,
): Promise<string> {
  if (reason === undefined) throw new UsageError('Say why with --reason; it is kept with the setting.');
  const { settings } = await readSettings(tools);
  const limits = settings?.limits ?? {};
  await putSettings(tools, { mode, limits, by: userInfo().username, reason }, Date.now());
  return `The mode is ${mode}.`;
}

try {
  process.stdout.write(`${await run(readCommand(process.argv.slice(2)))}\n`);
} catch (error) {
  const isUsage =
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  const message =
    error instanceof Error
      ? isUsage
        ? `${error.message}\n\n${usage}`
        : `The table cannot be used (${error.name}).`
      : 'Failed.';
  process.stderr.write(`${message}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
