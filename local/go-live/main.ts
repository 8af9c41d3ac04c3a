import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadStage } from '../../infra/config/load-stage.ts';
import type { Stage } from '../../infra/config/stage.ts';
import { parseEndpoint } from '../../shared/exchange/endpoint.ts';
import { formatUsd, type Usd } from '../../shared/ledger/decimal.ts';
import { apiOrderId } from '../../shared/orders/order-id.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { type Options, readCommandLine, UsageError, usage } from './command-line.ts';
import { loadKey } from './load-key.ts';
import { RawClient } from './raw-client.ts';
import { writeReport } from './report.ts';
import { runSteps } from './run-steps.ts';
import { allSteps } from './steps/all.ts';
import { type Terms, termsOf } from './terms.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ids as those of another stage of ours: checks of this account must not take them for a stranger's orders. */
function newId(): string {
  return apiOrderId({
    stage: 'go-live-tests',
    accountId: '',
    principal: '',
    idempotencyKey: randomUUID(),
  });
}

function chooseTerms(stage: Stage, symbol: string | undefined): Terms {
  const chosen = stage.instruments.find((one) => symbol === undefined || one.symbol === symbol);
  if (chosen === undefined) throw new UsageError(`The stage has no instrument ${JSON.stringify(symbol)}.`);
  return termsOf(chosen);
}

function tellPlan(terms: Terms): Usd {
  say(`These tests send orders for 1 Unit of ${terms.symbol} each, real ones, with money of the account.\n`);
  for (const { name, does, spendsAtMost } of allSteps) {
    say(`  ${name.padEnd(20)} at most ${formatUsd(spendsAtMost(terms)).padStart(10)} USD: ${does}`);
  }
  const total = allSteps.reduce((sum, step) => sum + step.spendsAtMost(terms), 0n);
  say(
    `\nIn all at most ${formatUsd(total)} USD; about ${formatUsd(terms.maximumPrice)} USD if all goes well.`,
  );
  return total;
}

/** @throws UsageError if the money does not do, or nobody can be asked */
async function isAgreed(options: Options, total: Usd): Promise<boolean> {
  if (options.budget !== undefined && options.budget < total) {
    throw new UsageError(`--budget ${formatUsd(options.budget)} is less than ${formatUsd(total)} USD.`);
  }
  if (options.yes) return true;
  if (!isInteractive()) throw new UsageError('There is nobody to ask: say --yes --budget USD.');
  const wanted = `spend ${formatUsd(total)}`;
  return (await ask(`\nType "${wanted}" to go on: `)) === wanted;
}

async function run(options: Options): Promise<number> {
  const stage = await loadStage(options.stage);
  const terms = chooseTerms(stage, options.market);
  const exchange = options.exchange ?? stage.exchange.url;
  const endpoint = parseEndpoint(exchange, stage.exchange.pathPrefix);
  if (!('url' in endpoint)) throw new UsageError(endpoint.join('\n'));
  const total = tellPlan(terms);
  if (!options.run) {
    say('Nothing was sent. Add --secret ARN or --key-file FILE, and --run.');
    return 0;
  }
  if (!(await isAgreed(options, total))) {
    say('Nothing was sent.');
    return 1;
  }
  const key = await loadKey(options.secret, options.keyFile);
  let stopped = false;
  process.once('SIGINT', () => {
    stopped = true;
    say('\nStopping after this test ...');
  });
  const client = new RawClient(endpoint, key, terms, total);
  const results = await runSteps(allSteps, {
    client,
    clock: systemClock,
    newId,
    say,
    isStopped: () => stopped,
  });
  const head = { at: new Date(), stage: stage.name, exchange, market: terms.symbol };
  await writeFile(options.report, writeReport(head, results));
  const open = results.flatMap(({ findings }) => findings).filter(({ isFine }) => !isFine).length;
  say(`The report is in ${resolve(options.report)}; ${open === 0 ? 'nothing' : open} to look at.`);
  return open === 0 && !stopped ? 0 : 1;
}

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) say(usage);
  else process.exitCode = await run(options);
} catch (error) {
  const isUsage = error instanceof UsageError;
  const message = error instanceof Error ? error.message : 'Failed.';
  process.stderr.write(isUsage ? `${message}\n\n${usage}` : `${message}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
