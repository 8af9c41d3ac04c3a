import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../../shared/orders/store-port.ts';
import { closeBreaker } from '../../shared/store/settings-store.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { changeSettings, NotChangedError } from './change-settings.ts';
import { type Command, readCommandLine, UsageError, usage } from './command-line.ts';
import { showHistory, showSettings } from './show-settings.ts';

function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** @throws UsageError if nobody can be asked */
async function agrees(raises: readonly string[]): Promise<boolean> {
  say('', 'More may be bought than before:', ...raises.map((line) => `  - ${line}`));
  if (!isInteractive()) throw new UsageError('There is nobody to ask whether this is meant: say --yes.');
  return (await ask('Type "yes" to go on: ')) === 'yes';
}

/** @returns the exit code */
async function run(command: Command): Promise<number> {
  const { tableName } = command;
  const tools = { client: new DynamoDBClient({}), tableName, clock: systemClock, random: Math.random };
  switch (command.verb) {
    case 'show':
      say(...(await showSettings(tools)));
      return 0;
    case 'history':
      say(...(await showHistory(tools, command.limit)));
      return 0;
    case 'close-breaker':
      await closeBreaker(tools);
      say('The breaker is closed.');
      return 0;
    case 'change':
      return (await changeSettings(tools, command.change, command.terms, { say, agrees })) ? 0 : 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof NotChangedError) return error.message;
  if (!(error instanceof StoreUnavailableError)) return 'Failed.';
  return `The table cannot be used (${error.code}). Whether something was written, \`show\` says.`;
}

try {
  process.exitCode = await run(readCommandLine(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
