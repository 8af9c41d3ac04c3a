import type { Clock } from '../../../shared/time/clock.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Sandbox } from './sandbox.ts';

/** What befalls an invocation at one of its port calls. */
export interface Disturbance {
  readonly kind: 'kill' | 'freeze';
  /** Number of the port call, from 1. */
  readonly call: number;
  /** Before the request leaves, or after it has taken effect. */
  readonly when: 'before' | 'after';
  /** How long it is frozen. */
  readonly freezeMs: number;
}

/** One call of a port. */
export interface PortCall<T> {
  readonly name: string;
  /** How long the request is under way. */
  readonly requestMs: number;
  /** How long the answer is under way. */
  readonly responseMs: number;
  /** The effect, and what is answered; a rejection is an answer too. */
  readonly perform: () => Promise<T>;
  /** The caller's patience, counted from when the request leaves. */
  readonly patience?: { readonly ms: number; readonly giveUp: () => T };
}

export interface InvocationOptions {
  readonly name: string;
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly sandbox: Sandbox;
  /** When the platform ends it. */
  readonly timeoutMs: number;
  readonly disturbance: Disturbance | undefined;
  /** Called once when it is killed. */
  readonly onDeath: (why: 'kill' | 'time-out') => void;
  readonly onFreeze: () => void;
}

/**
 * One run of a function. Every call that it makes to the outside goes through here, and at each it can be killed or
 * frozen: what a killed invocation was waiting for never comes, and what it had sent still arrives.
 */
export class Invocation {
  readonly name: string;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  /** When it began, by the true clock. */
  readonly startedAt: number;
  readonly #options: InvocationOptions;
  #calls = 0;
  #isOver = false;
  #frozenMs = 0;

  constructor(options: InvocationOptions) {
    const { kernel, sandbox } = options;
    this.#options = options;
    this.name = options.name;
    this.sandbox = sandbox;
    this.startedAt = kernel.now();
    this.clock = {
      now: () => kernel.now() + sandbox.skewMs,
      wait: (milliseconds) =>
        this.call({
          name: 'clock.wait',
          requestMs: 0,
          responseMs: milliseconds,
          perform: async () => undefined,
        }),
    };
    this.#endIn(options.timeoutMs);
  }

  /** It has answered: the platform no longer cares for its time-out. */
  finish(): void {
    this.#isOver = true;
  }

  /** What it runs on is gone. */
  end(): void {
    if (!this.#isOver) this.#die('kill', 'the loss of everything');
  }

  async call<T>(call: PortCall<T>): Promise<T> {
    if (this.#isOver) return never();
    this.#calls += 1;
    const disturbance = this.#disturbanceAt(this.#calls);
    if (disturbance?.kind === 'kill' && disturbance.when === 'before') {
      this.#die('kill', call.name);
      return never();
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        // A process that was killed while frozen wakes no more.
        if (!this.#isOver) this.#send(call, disturbance, resolve, reject);
      };
      const freezeMs = this.#freezeMs(disturbance, 'before', call.name);
      if (freezeMs > 0) this.#options.kernel.schedule(freezeMs, leave);
      else leave();
    });
  }

  #send<T>(
    call: PortCall<T>,
    disturbance: Disturbance | undefined,
    resolve: (value: T | Promise<T>) => void,
    reject: (error: unknown) => void,
  ): void {
    const { kernel, journal } = this.#options;
    let isAnswered = false;
    const answer = (outcome: Promise<T>): void => {
      if (this.#isOver || isAnswered) return;
      isAnswered = true;
      outcome.then(resolve, reject);
      kernel.wake();
    };
    kernel.schedule(call.requestMs, () => {
      journal.write(call.name, this.name);
      const outcome = call.perform();
      // The caller may be dead, or have lost its patience: nobody else handles the rejection then.
      outcome.catch(() => undefined);
      kernel.wake();
      if (disturbance?.kind === 'kill' && !this.#isOver) this.#die('kill', call.name);
      const freezeMs = this.#freezeMs(disturbance, 'after', call.name);
      kernel.schedule(call.responseMs + freezeMs, () => answer(outcome));
    });
    const { patience } = call;
    if (patience !== undefined && call.requestMs + call.responseMs > patience.ms) {
      kernel.schedule(patience.ms, () => {
        answer(
          new Promise((give) => {
            give(patience.giveUp());
          }),
        );
      });
    }
  }

  #disturbanceAt(call: number): Disturbance | undefined {
    const { disturbance } = this.#options;
    return disturbance?.call === call ? disturbance : undefined;
  }

  #freezeMs(disturbance: Disturbance | undefined, when: Disturbance['when'], call: string): number {
    if (disturbance?.kind !== 'freeze' || disturbance.when !== when || this.#isOver) return 0;
    this.#options.journal.write('frozen', `${this.name} at ${call} for ${disturbance.freezeMs} ms`);
    this.#options.onFreeze();
    this.#frozenMs += disturbance.freezeMs;
    return disturbance.freezeMs;
  }

  #die(why: 'kill' | 'time-out', call: string): void {
    this.#isOver = true;
    this.#options.journal.write(why, `${this.name} at ${call}`);
    this.#options.onDeath(why);
  }

  /** A frozen process is not ended on time: that is the worse of the two, so it is what is modelled. */
  #endIn(milliseconds: number): void {
    this.#options.kernel.schedule(milliseconds, () => {
      if (this.#isOver) return;
      const more = this.#frozenMs;
      this.#frozenMs = 0;
      if (more > 0) this.#endIn(more);
      else this.#die('time-out', 'its end');
    });
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
