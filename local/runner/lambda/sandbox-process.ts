import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { onLines } from '../../emulators/process/on-lines.ts';
import { spawnOwned } from '../../emulators/process/spawn-owned.ts';
import type { FunctionDescription } from './function-description.ts';

const runtimeClient = createRequire(import.meta.url).resolve('aws-lambda-ric');
const shim = fileURLToPath(new URL('./native-client-shim.mjs', import.meta.url));

/** Share of the memory size that the JavaScript heap may take, as Lambda's own Node runtime sets it. */
const heapShare = 0.9;

const givenTime = new URL('./given-time.mjs', import.meta.url);

/**
 * Starts AWS's runtime interface client on a function's folder, under the Node that runs this process.
 *
 * @param timeMs the time in which it starts, ms since the epoch; undefined for the computer's own
 */
export function spawnSandboxProcess(
  description: FunctionDescription,
  environment: Readonly<Record<string, string>>,
  timeMs: number | undefined,
  onLine: (line: string) => void,
): ChildProcess {
  const heapMegabytes = Math.floor(description.memoryMegabytes * heapShare);
  const child = spawnOwned(
    process.execPath,
    [`--max-old-space-size=${heapMegabytes}`, ...preloads(timeMs), runtimeClient],
    { cwd: description.assetPath, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onLines(child.stdout, onLine);
  onLines(child.stderr, onLine);
  return child;
}

function preloads(timeMs: number | undefined): readonly string[] {
  const time = timeMs === undefined ? [] : ['--import', `${givenTime.href}?at=${timeMs}`];
  return [...time, '--import', shim];
}
