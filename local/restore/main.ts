import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../../shared/orders/store-port.ts';
import { prepareRestoredTable } from '../../shared/store/restored-table.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { type Options, readCommandLine, UsageError, usage } from './command-line.ts';

async function run({ tableName, restoredTo }: Options): Promise<string> {
  const now = systemClock.now();
  const tools = {
    client: new DynamoDBClient({}),
    tableName,
    clock: systemClock,
    random: Math.random,
    now,
  };
  const { perhapsSent, comparedSince } = await prepareRestoredTable(tools, restoredTo);
  return [
    'The breaker is open: nothing is bought with this table until an administrator closes it.',
    `Orders that were recorded and perhaps sent: ${perhapsSent}. Checks find out what became of them.`,
    `Checks compare the exchange's orders since ${new Date(comparedSince).toISOString()}.`,
  ].join('\n');
}

/** The SDK's own messages can quote what was sent. */
function describe(error: unknown): string {
  if (error instanceof StoreUnavailableError)
    return `The table cannot be used (${error.code}). Check its name, the region and your credentials.`;
  return error instanceof Error ? error.message : 'Failed.';
}

try {
  const options = readCommandLine(process.argv.slice(2), systemClock.now());
  process.stdout.write(`${options.help ? usage : await run(options)}\n`);
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(isUsage ? `${error.message}\n\n${usage}` : `${describe(error)}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
