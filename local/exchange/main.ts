import { HELP, parseCommandLine } from './command-line.ts';
import { type ExchangeOptions, startExchange } from './start.ts';

/** Exit code for a wrong command line, as is customary. */
const WRONG_USAGE = 2;

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(options: ExchangeOptions): Promise<void> {
  const exchange = await startExchange({ ...options, log });
  const stop = () => {
    log('exchange stopped');
    exchange.close().catch((error: unknown) => log(String(error)));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if ((options.publicKeys ?? []).length === 0) {
    log('no trading key is registered: every signed request gets 401 until one is added with POST /keys');
  }
  process.stdout.write(`${JSON.stringify({ url: exchange.url, admin: exchange.adminUrl })}\n`);
}

const command = parseCommandLine(process.argv.slice(2));
switch (command.kind) {
  case 'help':
    process.stdout.write(HELP);
    break;
  case 'wrong':
    for (const problem of command.problems) log(problem);
    log('Try: npm run exchange -- --help');
    process.exitCode = WRONG_USAGE;
    break;
  case 'start':
    await run(command.options).catch((error: unknown) => {
      log(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    });
}
