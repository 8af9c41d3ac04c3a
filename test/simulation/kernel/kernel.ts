import { EventQueue } from './event-queue.ts';

/** Virtual time. Nothing in a simulation happens but as an event of its kernel. */
export class Kernel {
  readonly #queue = new EventQueue();
  #now: number;
  #sequence = 0;
  #hasWoken = false;

  /** @param start ms since the epoch */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many events there have been. */
  get events(): number {
    return this.#sequence;
  }

  /** Lets something happen so many ms from now. */
  schedule(delayMs: number, action: () => void): void {
    this.#sequence += 1;
    this.#queue.push({ at: this.#now + Math.max(0, Math.round(delayMs)), sequence: this.#sequence, action });
  }

  /** Says that this event has settled a promise, so that code waiting for it must be let run before the next. */
  wake(): void {
    this.#hasWoken = true;
  }

  /**
   * Lets events happen until a time, in order.
   *
   * @param afterEvent called when an event and all the code that it has woken are through; true ends the run
   */
  async run(until: number, afterEvent: () => boolean): Promise<void> {
    for (let next = this.#queue.next; next !== undefined && next.at <= until; next = this.#queue.next) {
      this.#queue.pop();
      this.#now = next.at;
      next.action();
      if (this.#hasWoken) await this.#letWokenCodeRun();
      if (afterEvent()) return;
    }
    this.#now = until;
  }

  /**
   * Next ticks run when no promise has anything left to do, and unlike immediates without a turn of the event loop,
   * which would take most of a run's time.
   */
  async #letWokenCodeRun(): Promise<void> {
    this.#hasWoken = false;
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
  }
}
