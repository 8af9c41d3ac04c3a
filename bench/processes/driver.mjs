/**
 * Runs a function's handler in this process, many times, and tells what that took: once warm, without the runtime client.
 *
 * JavaScript and not TypeScript: stripping types would be measured too.
 */
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-return */
import { writeFileSync, writeSync } from 'node:fs';

const { bundle, event, concurrency, warmUp, count, profile } = JSON.parse(process.argv[2] ?? '{}');
const { handler } = await import(bundle);
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 30_000 };
const answers = {};
let invocations = 0;

/** Each event has a number of its own, and the time. */
function nextEvent() {
  invocations += 1;
  const number = `${process.pid}-${String(invocations).padStart(8, '0')}`;
  return JSON.parse(event.replaceAll('@NUMBER@', number).replaceAll('@NOW@', new Date().toISOString()));
}

function milliseconds({ user, system }) {
  return (user + system) / 1000;
}

async function invoke(runs) {
  const [cpu, time] = [process.cpuUsage(), performance.now()];
  const answer = await handler(nextEvent(), context);
  const status = answer?.statusCode ?? 'none';
  answers[status] = (answers[status] ?? 0) + 1;
  runs.push({ wallMs: performance.now() - time, cpuMs: milliseconds(process.cpuUsage(cpu)) });
}

async function invokeMany(times) {
  const runs = [];
  let left = times;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await invoke(runs);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return runs;
}

async function profiled(work) {
  const { Session } = process.getBuiltinModule('node:inspector/promises');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const result = await work();
  const { profile: samples } = await session.post('Profiler.stop');
  writeFileSync(profile, JSON.stringify(samples));
  return result;
}

await invokeMany(warmUp);
writeSync(1, 'bench-warm\n');
// Until the parent has looked at what came so far.
await new Promise((resolve) => process.stdin.once('data', resolve));
const [cpu, time] = [process.cpuUsage(), performance.now()];
const work = () => invokeMany(count);
const runs = await (profile === undefined ? work() : profiled(work));
const seconds = (performance.now() - time) / 1000;
const driven = {
  runs,
  seconds,
  cpuMs: milliseconds(process.cpuUsage(cpu)),
  memoryBytes: process.memoryUsage.rss(),
  answers,
};
writeSync(1, `bench-driven ${JSON.stringify(driven)}\n`);
process.exit(0);
