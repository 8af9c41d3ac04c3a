/**
 * Loaded into a function's process with `--import`: tells what its start and each of its invocations took, as a line on
 * the standard output. Counting begins where the runtime client imports the function, so that the start of Node and of
 * the client itself are left out.
 *
 * JavaScript and not TypeScript: stripping types would be measured too.
 */
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-return */
import { writeFileSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const bundle = '/index.mjs';
/** Where the shim of the runtime's native part leaves its client. */
const clientKey = Symbol.for('runtime-shim:rapid-client');
const throttle = process.env.BENCH_THROTTLE;
let since = { cpu: process.cpuUsage(), time: performance.now() };
let answeredAt;
let isStarted = false;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.endsWith(bundle)) begin();
    return nextResolve(specifier, context);
  },
});

function begin() {
  since = { cpu: process.cpuUsage(), time: performance.now() };
  answeredAt = undefined;
}

function report() {
  const endedAt = answeredAt ?? performance.now();
  const usage = {
    wallMs: endedAt - since.time,
    cpuMs: milliseconds(process.cpuUsage(since.cpu)),
    cpuSinceStartMs: milliseconds(process.cpuUsage()),
    memoryBytes: process.memoryUsage.rss(),
    hasLoadedUndici: process.moduleLoadList.some((name) => name.includes('undici')),
  };
  writeSync(1, `bench-usage ${JSON.stringify(usage)}\n`);
}

function milliseconds({ user, system }) {
  return (user + system) / 1000;
}

function watch(client) {
  const { next, done } = client;
  return Object.assign(client, {
    async next() {
      report();
      if (!isStarted && throttle !== undefined) writeFileSync(throttle, String(process.pid));
      isStarted = true;
      const event = await next.call(client);
      begin();
      return event;
    },
    done(...answer) {
      answeredAt = performance.now();
      done.apply(client, answer);
    },
  });
}

// The shim is loaded after this module.
Object.defineProperty(globalThis, clientKey, {
  configurable: true,
  set(client) {
    Object.defineProperty(globalThis, clientKey, { value: watch(client) });
  },
});
