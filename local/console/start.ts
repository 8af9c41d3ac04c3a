import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import picocolors from 'picocolors';
import { announce, announcementPath } from '../service/announcement.ts';
import { startLocalService } from '../service/start-local-service.ts';
import { synthesize } from '../service/synthesize.ts';
import { type ConsoleOptions, readCommandLine, UsageError, usage } from './command-line.ts';
import { playFirstRound } from './first-round.ts';
import { narrateEvent, narrateLog } from './narrate.ts';
import { suggestions } from './suggestions.ts';

const projectFolder = resolve(import.meta.dirname, '../..');
const outputFolder = resolve(projectFolder, '.local/cdk.out');
/** What a small application uses, so that a newcomer sees top-ups happen. */
const unitsBurntPerMinute = '1.5';

/** Colour on a terminal only: elsewhere a program reads along. */
const pc = picocolors.createColors(isatty(1) && process.env['NO_COLOR'] === undefined);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line of what happens, with the time of day. */
function tell(line: string | undefined): void {
  if (line !== undefined) say(`${pc.dim(new Date().toLocaleTimeString('en-GB'))}  ${line}`);
}

async function run(options: ConsoleOptions): Promise<number> {
  const started = performance.now();
  say('Synthesizing the stack ...');
  await synthesize(projectFolder, outputFolder, 'example');
  const synthesized = performance.now();
  const service = await startLocalService({
    assemblyDirectory: outputFolder,
    engine: options.engine,
    dataDirectory: options.data,
    apiPort: options.port,
    onLog: (_function, line) => tell(narrateLog(line)),
    onEvent: (event) => tell(narrateEvent(event)),
  });
  const stopped = untilStopped();
  const conceal = await announce(service, announcementPath(process.env));
  try {
    say(
      `Synthesized in ${seconds(synthesized - started)}, up in ${seconds(performance.now() - synthesized)}.`,
    );
    say(`  API       ${service.stack.apiUrl}`);
    say(`  exchange  ${service.exchange.url} (simulator; admin ${service.exchange.adminUrl})`);
    say(`  table     ${[...service.stack.tableNames.values()].join()} in ${service.stack.dynamoDb.engine}`);
    say('  key       in Secrets Manager, registered at the exchange\n');
    const succeeded = await playFirstRound(service, (line) => say(pc.bold(line)));
    say(
      succeeded
        ? pc.green('\nThe order was sent once, its Unit arrived, and all of it is recorded.')
        : pc.red('\nThat did not go as it should.'),
    );
    if (options.exit || !succeeded) return succeeded ? 0 : 1;
    service.exchange.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: unitsBurntPerMinute });
    service.stack.startSchedules();
    say(suggestions(service.stack));
    await stopped;
    say('\nStopping ...');
    return 0;
  } finally {
    await conceal();
    await service.close();
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Resolves at the first Ctrl-C or SIGTERM. */
function untilStopped(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

async function main(): Promise<number> {
  try {
    const options = readCommandLine(process.argv.slice(2));
    if (options.help) {
      say(usage);
      return 0;
    }
    return await run(options);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`);
      return 2;
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main();
