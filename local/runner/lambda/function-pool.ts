import { randomUUID } from 'node:crypto';
import type { FunctionDescription } from './function-description.ts';
import { type InvocationOutcome, type InvocationResult, platformFailure } from './invocation-result.ts';
import { Sandbox } from './sandbox.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

/** What happens to the invocations of a function. */
export interface InvocationListener {
  started(requestId: string): void;
  finished(result: InvocationResult): void;
}

/** Lambda's limit for a synchronous event: 6 MB. */
const eventLimitBytes = 6_291_456;

/** All sandboxes of one function: a free one is used again, and a new one starts when all are busy. */
export class FunctionPool {
  readonly description: FunctionDescription;
  readonly #settings: SandboxSettings;
  readonly #listener: InvocationListener;
  readonly #sandboxes = new Set<Sandbox>();
  readonly #idle: Sandbox[] = [];
  #busy = 0;
  #closed = false;

  constructor(description: FunctionDescription, settings: SandboxSettings, listener: InvocationListener) {
    this.description = description;
    this.#settings = settings;
    this.#listener = listener;
  }

  /** Runs the function once. Failures of the function are in the result. */
  async invoke(payload: unknown): Promise<InvocationResult> {
    if (this.#closed) throw new Error(`${this.description.name} cannot be invoked: the stack is closed`);
    const requestId = randomUUID();
    const event = JSON.stringify(payload) ?? 'null';
    const refused = this.#refusal(event);
    if (refused !== undefined) return this.#rejected(requestId, refused);
    this.#busy += 1;
    this.#listener.started(requestId);
    try {
      const result = await this.#run(requestId, event);
      this.#listener.finished(result);
      return result;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Starts one sandbox ahead of the first event. */
  async warm(): Promise<void> {
    const started = await this.#startSandbox();
    if (started.failure === undefined) this.#idle.push(started.sandbox);
  }

  /** Ends the sandboxes that are free, as Lambda does when it likes: what comes next starts cold. */
  async recycle(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((sandbox) => this.#discard(sandbox)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#sandboxes].map((sandbox) => sandbox.close()));
  }

  #refusal(event: string): InvocationOutcome | undefined {
    const { reservedConcurrency } = this.description;
    if (reservedConcurrency !== undefined && this.#busy >= reservedConcurrency) {
      return platformFailure('TooManyRequestsException', 'Rate Exceeded.');
    }
    if (Buffer.byteLength(event) > eventLimitBytes) {
      return platformFailure(
        'RequestTooLargeException',
        `Request must be smaller than ${eventLimitBytes} bytes for the InvokeFunction operation`,
      );
    }
    return undefined;
  }

  #rejected(requestId: string, outcome: InvocationOutcome): InvocationResult {
    this.#listener.started(requestId);
    const result = { requestId, durationMs: 0, initDurationMs: undefined, ...outcome };
    this.#listener.finished(result);
    return result;
  }

  async #run(requestId: string, event: string): Promise<InvocationResult> {
    const warm = this.#takeIdle();
    if (warm !== undefined) return this.#runIn(warm, requestId, event, undefined);
    const { sandbox, failure, initDurationMs } = await this.#startSandbox();
    if (failure === undefined) return this.#runIn(sandbox, requestId, event, initDurationMs);
    return { requestId, durationMs: 0, initDurationMs, ...failure };
  }

  async #runIn(
    sandbox: Sandbox,
    requestId: string,
    event: string,
    initDurationMs: number | undefined,
  ): Promise<InvocationResult> {
    const start = performance.now();
    const outcome = await sandbox.invoke(requestId, event);
    const durationMs = performance.now() - start;
    if (sandbox.isUsable) this.#idle.push(sandbox);
    else await this.#discard(sandbox);
    return { requestId, durationMs, initDurationMs, ...outcome };
  }

  /** A sandbox may have died while it was idle. */
  #takeIdle(): Sandbox | undefined {
    for (let sandbox = this.#idle.pop(); sandbox !== undefined; sandbox = this.#idle.pop()) {
      if (sandbox.isUsable) return sandbox;
      void this.#discard(sandbox);
    }
    return undefined;
  }

  async #startSandbox() {
    const start = performance.now();
    const sandbox = new Sandbox(this.description, this.#settings);
    this.#sandboxes.add(sandbox);
    const outcome = await sandbox.start();
    const failure = outcome === 'ready' ? undefined : outcome;
    if (failure !== undefined) await this.#discard(sandbox);
    return { sandbox, failure, initDurationMs: performance.now() - start };
  }

  async #discard(sandbox: Sandbox): Promise<void> {
    this.#sandboxes.delete(sandbox);
    await sandbox.close();
  }
}
