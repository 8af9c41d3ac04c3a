import type { ChildProcess } from 'node:child_process';
import type { LoopbackServer } from '../../emulators/loopback/listen.ts';
import { hasEnded, stopProcess } from '../../emulators/process/spawn-owned.ts';
import type { FunctionDescription } from './function-description.ts';
import { type InvocationOutcome, platformFailure } from './invocation-result.ts';
import { parseError } from './parse-error.ts';
import { parsePayload } from './parse-payload.ts';
import { type Delivery, responseLimitBytes, startRuntimeApi } from './runtime-api.ts';
import { sandboxEnvironment } from './sandbox-environment.ts';
import { spawnSandboxProcess } from './sandbox-process.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

/** An event on its way through a sandbox. */
interface Running {
  readonly requestId: string;
  readonly timer: NodeJS.Timeout;
  readonly finish: (outcome: InvocationOutcome) => void;
  /** What the runtime answered. It counts once the runtime asks for the next event, or ends. */
  outcome: InvocationOutcome | undefined;
}

/** Lambda gives a sandbox ten seconds to load its function. */
const initLimitMs = 10_000;

/**
 * One execution environment: a process with AWS's runtime client, and the Runtime API it talks to.
 *
 * It serves one event at a time. Between events it is frozen, as in Lambda: work that the handler did not
 * wait for stands still until the next event.
 */
export class Sandbox {
  readonly #description: FunctionDescription;
  readonly #settings: SandboxSettings;
  #api: LoopbackServer | undefined;
  #process: ChildProcess | undefined;
  #deliver: ((delivery: Delivery) => void) | undefined;
  #running: Running | undefined;
  #closed = false;
  readonly #ready = Promise.withResolvers<InvocationOutcome | 'ready'>();

  constructor(description: FunctionDescription, settings: SandboxSettings) {
    this.#description = description;
    this.#settings = settings;
  }

  /** True while it can take another event. */
  get isUsable(): boolean {
    return this.#deliver !== undefined && this.#process !== undefined && !hasEnded(this.#process);
  }

  /** Starts the process. Resolves with the failure when the function cannot be loaded. */
  async start(): Promise<InvocationOutcome | 'ready'> {
    const api = await startRuntimeApi({
      next: (deliver) => this.#onNext(deliver),
      response: (requestId, body) => this.#onAnswer(requestId, answered(body)),
      error: (requestId, body) => this.#onAnswer(requestId, parseError(body)),
      initError: (body) => this.#ready.resolve(parseError(body)),
    });
    this.#api = api;
    // Closed while the server was starting: no process may be left behind.
    if (this.#closed) await api.close();
    else this.#process = this.#spawn(`127.0.0.1:${api.port}`);
    const seconds = (initLimitMs / 1000).toFixed(2);
    const timer = setTimeout(
      () =>
        this.#ready.resolve(platformFailure('Sandbox.Timedout', `Init timed out after ${seconds} seconds`)),
      initLimitMs,
    );
    const outcome = await this.#ready.promise;
    clearTimeout(timer);
    if (outcome !== 'ready') await this.close();
    return outcome;
  }

  /** Hands one event over and resolves when the sandbox is free again, or gone. Call only while usable. */
  invoke(requestId: string, event: string): Promise<InvocationOutcome> {
    const deliver = this.#deliver;
    if (deliver === undefined) throw new Error('the sandbox is not waiting for an event');
    this.#deliver = undefined;
    const limitMs = this.#description.timeoutSeconds * 1000;
    return new Promise((finish) => {
      const timer = setTimeout(() => this.#onTimeout(requestId), limitMs);
      this.#running = { requestId, timer, finish, outcome: undefined };
      this.#process?.kill('SIGCONT');
      const timeMs = this.#settings.time?.();
      const now = timeMs ?? Date.now();
      deliver({
        requestId,
        event,
        functionArn: this.#description.arn,
        deadlineMs: now + limitMs,
        timeMs,
        traceId: `Root=1-${Math.floor(now / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
      });
    });
  }

  /** Kills the process, like Lambda without asking. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#ready.resolve(platformFailure('Runtime.ExitError', 'Error: the sandbox was closed'));
    if (this.#process !== undefined) await stopProcess(this.#process, 0);
    await this.#api?.close();
  }

  #spawn(runtimeApi: string): ChildProcess {
    const { region, access, overrides, time, onLine } = this.#settings;
    const environment = sandboxEnvironment(this.#description, { region, runtimeApi, access, overrides });
    const child = spawnSandboxProcess(this.#description, environment, time?.(), onLine);
    child.once('error', (error) => this.#onEnd(error.message));
    child.once('exit', (code, signal) =>
      this.#onEnd(signal === null ? `exit status ${code}` : `signal: ${signal}`),
    );
    return child;
  }

  #onNext(deliver: (delivery: Delivery) => void): void {
    this.#deliver = deliver;
    if (this.#settings.freeze) this.#process?.kill('SIGSTOP');
    this.#ready.resolve('ready');
    const outcome = this.#running?.outcome;
    if (outcome !== undefined) this.#finish(outcome);
  }

  #onAnswer(requestId: string, outcome: InvocationOutcome): void {
    if (this.#running?.requestId === requestId) this.#running.outcome = outcome;
  }

  #onTimeout(requestId: string): void {
    const seconds = this.#description.timeoutSeconds.toFixed(2);
    this.#settings.onLine(`${new Date().toISOString()} ${requestId} Task timed out after ${seconds} seconds`);
    this.#deliver = undefined;
    this.#process?.kill('SIGKILL');
    this.#finish(
      platformFailure(
        'Sandbox.Timedout',
        `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
      ),
    );
  }

  #onEnd(reason: string): void {
    const requestId = this.#running?.requestId;
    const about = requestId === undefined ? '' : `RequestId: ${requestId} `;
    const failure = platformFailure(
      'Runtime.ExitError',
      `${about}Error: Runtime exited with error: ${reason}`,
    );
    this.#deliver = undefined;
    this.#ready.resolve(failure);
    this.#finish(failure);
  }

  /** An answer that was given counts, even when the process was lost before it asked for more. */
  #finish(outcome: InvocationOutcome): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    clearTimeout(running.timer);
    running.finish(running.outcome ?? outcome);
  }
}

function answered(body: string | undefined): InvocationOutcome {
  if (body !== undefined) return parsePayload(body);
  return platformFailure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
  );
}
