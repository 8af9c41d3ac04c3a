import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { onLines } from '../../local/emulators/process/on-lines.ts';
import { spawnOwned } from '../../local/emulators/process/spawn-owned.ts';
import { sandboxEnvironment } from '../../local/runner/lambda/sandbox-environment.ts';
import type { FunctionPlace } from './measured-function.ts';

/** How a function is driven. */
export interface Drive {
  /** The event. `@NUMBER@` in it is a number that no other has, `@NOW@` the time. */
  readonly event: object;
  /** How many at a time. */
  readonly concurrency: number;
  /** How many before it is measured. */
  readonly warmUp: number;
  readonly count: number;
  /** The only status that answers may have; undefined for functions that answer without one. */
  readonly status: number | undefined;
  /** Is told when it is warm, before it is measured. */
  readonly onWarm?: () => void;
  /** A file for a profile of the processor, which makes it slower. @default none */
  readonly profile?: string;
}

const drivenSchema = v.object({
  /** One for each invocation. Its processor time means something only one at a time. */
  runs: v.array(v.object({ wallMs: v.number(), cpuMs: v.number() })),
  seconds: v.number(),
  cpuMs: v.number(),
  memoryBytes: v.number(),
  answers: v.record(v.string(), v.number()),
});

/** What came of it. */
export type Driven = v.InferOutput<typeof drivenSchema>;

const driver = fileURLToPath(new URL('./driver.mjs', import.meta.url));
const [warmMark, drivenMark] = ['bench-warm', 'bench-driven '];
const linesKept = 5;

/**
 * Runs a function many times in a process of its own, without the runtime client.
 *
 * @throws Error if it fails, or any answer is another one than expected
 */
export async function drive(place: FunctionPlace, settings: Drive): Promise<Driven> {
  const { onWarm = () => {}, event, status, ...rest } = settings;
  const { description, region, access, environment: overrides } = place;
  const bundle = join(description.assetPath, 'index.mjs');
  const child = spawnOwned(
    process.execPath,
    [driver, JSON.stringify({ ...rest, bundle, event: JSON.stringify(event) })],
    { env: sandboxEnvironment(description, { region, access, overrides, runtimeApi: '' }), stdio: 'pipe' },
  );
  const said: string[] = [];
  const result = new Promise<Driven>((resolve, reject) => {
    const onLine = (line: string): void => {
      if (line === warmMark) {
        onWarm();
        child.stdin?.write('\n');
      } else if (line.startsWith(drivenMark)) {
        resolve(v.parse(drivenSchema, JSON.parse(line.slice(drivenMark.length))));
      } else {
        said.push(line);
        said.splice(0, said.length - linesKept);
      }
    };
    onLines(child.stdout, onLine);
    onLines(child.stderr, onLine);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${description.name} has ended: ${said.join('\n')}`)));
  });
  const driven = await result;
  const wrong = Object.keys(driven.answers).filter((one) => one !== String(status ?? 'none'));
  if (wrong.length > 0)
    throw new Error(`The answers were ${JSON.stringify(driven.answers)}: ${said.join('\n')}`);
  return driven;
}
