import { type Disturbance, Invocation } from '../invocation/invocation.ts';
import { Sandbox } from '../invocation/sandbox.ts';
import { createSimulatedLog } from '../world/recorder-log.ts';
import type { World } from '../world/world.ts';
import { portsFor, type ServicePorts } from './ports.ts';

/** What is run once. */
interface Run {
  readonly name: string;
  readonly timeoutMs: number;
  /** How many calls to the outside it makes when it has something to do. */
  readonly usualCalls: number;
  /** Called when nobody will answer any more, whatever the reason. */
  readonly onFailure?: () => void;
}

/** A function, as the platform invokes it. */
export interface FunctionRun extends Run {
  readonly handle: (ports: ServicePorts) => Promise<void>;
}

/** A tool that an administrator runs against the table. */
export interface ToolRun extends Run {
  readonly handle: (invocation: Invocation) => Promise<void>;
}

const longestFreezeMs = 80_000;
/** Errors that the use cases document; a caller is told of them and nothing else happens. */
const documentedErrors: ReadonlySet<string> = new Set([
  'StoreUnavailableError',
  'SigningKeyMissingError',
  'ExchangeReadError',
]);
const noSecretsInLogs = { number: 'I7', sentence: 'No log line says anything secret.' };
const noCrashes = { number: 'crash', sentence: 'Use cases fail in the documented ways only.' };

/** Runs functions in a world. Warm machines are used again, with what they have learnt. */
export class Platform {
  readonly #world: World;
  readonly #running = new Set<Invocation>();
  #idle: Sandbox[] = [];
  #invocations = 0;
  #isDown = false;

  constructor(world: World) {
    this.#world = world;
  }

  invoke(run: FunctionRun): void {
    if (this.#isDown) {
      run.onFailure?.();
      return;
    }
    this.#run(run, (invocation) => {
      const world = this.#world;
      const log = createSimulatedLog(
        world.journal,
        invocation.name,
        () => undefined,
        (event) => world.hold(noSecretsInLogs, `a line of ${event} holds the canary`),
      );
      return run.handle(portsFor(world, invocation, run.timeoutMs, log));
    });
  }

  /** Runs a tool, which needs no function to be there. */
  useTool(run: ToolRun): void {
    this.#run(run, run.handle);
  }

  /** Everything that runs ends, and nothing is left of what it has learnt. Nobody is answered until the next `start`. */
  shutDown(): void {
    this.#isDown = true;
    for (const invocation of this.#running) invocation.end();
    this.#idle = [];
  }

  start(): void {
    this.#isDown = false;
  }

  #run(run: Run, handle: (invocation: Invocation) => Promise<void>): void {
    const world = this.#world;
    this.#invocations += 1;
    const name = `${run.name}#${this.#invocations}`;
    const sandbox = this.#idle.pop() ?? Sandbox.start(world.random, world.scenario.skew);
    const invocation = new Invocation({
      name,
      kernel: world.kernel,
      journal: world.journal,
      sandbox,
      timeoutMs: run.timeoutMs,
      disturbance: this.#drawDisturbance(run.usualCalls),
      onDeath: (why) => {
        this.#running.delete(invocation);
        world.statistics[why === 'kill' ? 'kills' : 'timeOuts'] += 1;
        run.onFailure?.();
      },
      onFreeze: () => {
        world.statistics.freezes += 1;
      },
    });
    this.#running.add(invocation);
    world.kernel.wake();
    void this.#follow(run, invocation, handle(invocation));
  }

  /** A killed invocation never comes to its end here. */
  async #follow(run: Run, invocation: Invocation, handling: Promise<void>): Promise<void> {
    const world = this.#world;
    try {
      await handling;
      if (!this.#isDown) this.#idle.push(invocation.sandbox);
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'unknown';
      world.journal.write('failed', `${invocation.name} ${kind}`);
      if (!documentedErrors.has(kind)) world.hold(noCrashes, `${invocation.name}: ${String(error)}`);
      run.onFailure?.();
    }
    this.#running.delete(invocation);
    invocation.finish();
  }

  #drawDisturbance(usualCalls: number): Disturbance | undefined {
    const { random, faults } = this.#world;
    const kind = random.chance(faults.kill) ? 'kill' : random.chance(faults.freeze) ? 'freeze' : undefined;
    if (kind === undefined) return undefined;
    return {
      kind,
      call: random.integer(1, usualCalls),
      when: random.pick(['before', 'after']),
      freezeMs: random.integer(1_000, longestFreezeMs),
    };
  }
}
