import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import picocolors from 'picocolors';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { keepHappenings } from '../page/happenings.ts';
import { type OpenPage, openPage } from '../page/open-page.ts';
import { type CallerCredentials, generateCaller } from '../runner/http-api/caller.ts';
import { announce, announcementPath } from '../service/announcement.ts';
import { type LocalService, startLocalService } from '../service/start-local-service.ts';
import { synthesize } from '../service/synthesize.ts';
import { type ConsoleOptions, readCommandLine, UsageError, usage } from './command-line.ts';
import { playFirstRound } from './first-round.ts';
import { narrateEvent, narrateLog } from './narrate.ts';
import { suggestions } from './suggestions.ts';

const projectFolder = resolve(import.meta.dirname, '../..');
const outputFolder = resolve(projectFolder, '.local/cdk.out');
/** What a small application uses, so that a newcomer sees top-ups happen. */
const unitsBurntPerMinute = '1.5';

/** The page acts as the same caller as the one at the terminal, who sees what everybody has ordered. */
const accountId = '123456789012';
const roleArn = `arn:aws:iam::${accountId}:role/local-caller`;
const callerAs = (session: string): CallerCredentials => ({
  ...generateCaller({ stackName: 'local', accountId, region: 'local' }),
  userArn: `arn:aws:sts::${accountId}:assumed-role/local-caller/${session}`,
});
const [terminalCaller, pageCaller] = [callerAs('terminal'), callerAs('page')];

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
  const happenings = keepHappenings(16, Date.now);
  let page: OpenPage | undefined;
  const narrate = (line: string | undefined) => {
    page?.watch.markStale();
    if (line !== undefined) happenings.tell(line);
    tell(line);
  };
  const service = await startLocalService({
    assemblyDirectory: outputFolder,
    engine: options.engine,
    dataDirectory: options.data,
    apiPort: options.port,
    callers: [terminalCaller, pageCaller],
    environment: { [environmentNames.readers]: JSON.stringify([roleArn]) },
    onLog: (_function, line) => narrate(narrateLog(line)),
    onEvent: (event) => {
      // What the page looks at is nothing that happens.
      if (event.type === 'api-request' && event.caller === pageCaller.userArn && event.method === 'GET')
        return;
      narrate(narrateEvent(event));
    },
  });
  const stopped = untilStopped();
  try {
    const conceal = await announce(service, announcementPath(process.env));
    try {
      say(
        `Synthesized in ${seconds(synthesized - started)}, up in ${seconds(performance.now() - synthesized)}.`,
      );
      const open = async (): Promise<string> => {
        page = await openPage({ service, caller: pageCaller, happenings, port: options['page-port'] });
        return page.url;
      };
      return await show(service, options.exit ? undefined : open, stopped);
    } finally {
      await page?.close();
      await conceal();
    }
  } finally {
    await service.close();
  }
}

/**
 * Shows what runs, plays the first round, and goes on until it is stopped.
 *
 * @param open opens the page and tells its address; undefined to end after the first round
 * @returns the exit code
 */
async function show(
  service: LocalService,
  open: (() => Promise<string>) | undefined,
  stopped: Promise<void>,
): Promise<number> {
  const { exchange, stack } = service;
  say(`  API       ${stack.apiUrl}`);
  say(`  exchange  ${exchange.url} (simulator; admin ${exchange.adminUrl})`);
  say(`  table     ${[...stack.tableNames.values()].join()} in ${stack.dynamoDb.engine}`);
  say('  key       in Secrets Manager, registered at the exchange\n');
  const succeeded = await playFirstRound(service, (line) => say(pc.bold(line)));
  say(
    succeeded
      ? pc.green('\nThe order was sent once, its Unit arrived, and all of it is recorded.')
      : pc.red('\nThat did not go as it should.'),
  );
  if (open === undefined || !succeeded) return succeeded ? 0 : 1;
  const url = await open();
  exchange.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: unitsBurntPerMinute });
  stack.startSchedules();
  say(suggestions(stack));
  say(pc.bold(`Watch it, use it and break it: ${url.replace('127.0.0.1', 'localhost')}/\n`));
  await stopped;
  say('\nStopping ...');
  return 0;
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
