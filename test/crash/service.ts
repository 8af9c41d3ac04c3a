import { setTimeout as pause } from 'node:timers/promises';
import { startLocalService } from '../../local/service/start-local-service.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';

/**
 * The whole service in a process of its own, to be killed: `node service.ts ASSEMBLY DATA`. Prints one line of JSON
 * when it is up, and checks the balances all the time.
 */
const [assemblyDirectory = '', dataDirectory = ''] = process.argv.slice(2);
const limits = { perOrder: '50.00', perDay: '100000.00', perMonth: '100000.00', ordersPerHour: 100_000 };

const service = await startLocalService({
  assemblyDirectory,
  dataDirectory,
  engine: 'dynoxide',
  // The code goes on without some of its writes; a round in which one was refused proves nothing.
  onEvent: (event) => {
    if (event.type !== 'access-denied') return;
    process.stderr.write(`denied: ${event.principal} ${event.action}: ${event.why}\n`);
    process.exit(1);
  },
  exchange: { usd: '1000000', modes: { clientOrderIds: 'accept' } },
  environment: { [environmentNames.spendingLimits]: JSON.stringify(limits) },
});
const { stack, exchange } = service;
process.stdout.write(
  `${JSON.stringify({ api: stack.apiUrl, region: stack.region, caller: stack.callerCredentials[0], admin: exchange.adminUrl })}\n`,
);
for (;;) {
  await stack.fireSchedule();
  await pause(100);
}
