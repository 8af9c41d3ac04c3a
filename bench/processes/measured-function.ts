import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { FunctionDescription } from '../../local/runner/lambda/function-description.ts';
import { Sandbox } from '../../local/runner/lambda/sandbox.ts';
import type { FunctionAccess } from '../../local/runner/lambda/sandbox-environment.ts';

/** What the start of a function, or one invocation, took. */
export interface Usage {
  readonly wallMs: number;
  /** Of the whole process, with V8's own threads. */
  readonly cpuMs: number;
  /** The same since the process began, with the start of Node and of the runtime client. */
  readonly cpuSinceStartMs: number;
  /** What the process holds afterwards. */
  readonly memoryBytes: number;
  /** Whether Node has loaded its implementation of `fetch`. */
  readonly hasLoadedUndici: boolean;
}

/** Where a function runs. */
export interface FunctionPlace {
  readonly description: FunctionDescription;
  readonly region: string;
  readonly access: FunctionAccess;
  /** Environment variables that win over the template's. */
  readonly environment: Readonly<Record<string, string>>;
  /** A file to which a process writes its id to be slowed down, once it has started; undefined for full speed. */
  readonly throttle?: string | undefined;
}

const usageSchema = v.object({
  wallMs: v.number(),
  cpuMs: v.number(),
  cpuSinceStartMs: v.number(),
  memoryBytes: v.number(),
  hasLoadedUndici: v.boolean(),
});
const mark = 'bench-usage ';
const reporter = fileURLToPath(new URL('./usage-reporter.mjs', import.meta.url));
const logTail = 5;

/** A function in a fresh process under AWS's runtime client, which tells what it uses. */
export class MeasuredFunction {
  readonly #sandbox: Sandbox;
  readonly #usages: Usage[] = [];
  readonly #lines: string[] = [];
  #waiting: ((usage: Usage) => void) | undefined;

  private constructor({ description, region, access, environment, throttle }: FunctionPlace) {
    this.#sandbox = new Sandbox(description, {
      region,
      access,
      overrides: {
        ...environment,
        NODE_OPTIONS: `--import=${reporter}`,
        ...(throttle === undefined ? {} : { BENCH_THROTTLE: throttle }),
      },
      freeze: true,
      time: undefined,
      onLine: (line) => this.#onLine(line),
    });
  }

  /** Starts it. @throws Error if it cannot be loaded */
  static async start(place: FunctionPlace): Promise<{ started: MeasuredFunction; init: Usage }> {
    const started = new MeasuredFunction(place);
    const outcome = await started.#sandbox.start();
    if (outcome !== 'ready') throw new Error(`${place.description.name} does not start: ${started.#said()}`);
    return { started, init: await started.#nextUsage() };
  }

  /** Hands it an event. @throws Error if it fails */
  async invoke(event: unknown): Promise<{ payload: unknown; usage: Usage }> {
    const outcome = await this.#sandbox.invoke(randomUUID(), JSON.stringify(event));
    if (!outcome.ok)
      throw new Error(`The function has failed: ${outcome.error.errorMessage} ${this.#said()}`);
    return { payload: outcome.payload, usage: await this.#nextUsage() };
  }

  /** Ends the process. */
  close(): Promise<void> {
    return this.#sandbox.close();
  }

  #onLine(line: string): void {
    if (!line.startsWith(mark)) {
      this.#lines.push(line);
      return;
    }
    const usage = v.parse(usageSchema, JSON.parse(line.slice(mark.length)));
    if (this.#waiting === undefined) this.#usages.push(usage);
    else this.#waiting(usage);
    this.#waiting = undefined;
  }

  /** The line may come after the request for the next event. */
  async #nextUsage(): Promise<Usage> {
    const usage = this.#usages.shift();
    return usage ?? new Promise((resolve) => (this.#waiting = resolve));
  }

  #said(): string {
    return this.#lines.slice(-logTail).join('\n');
  }
}
