import { speedOf } from './clock.ts';
import type { Simulator } from './simulator.ts';

interface Waiting {
  readonly at: number;
  readonly send: () => void;
}

/**
 * Answers that are held back until a moment of market time. While market time stands still nothing but an
 * advance lets them go, so a test of a slow answer need not wait.
 */
export class WaitingRoom {
  #waiting: Waiting[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();

  hold(at: number, simulator: Simulator, send: () => void): void {
    this.#waiting.push({ at, send });
    this.release(simulator);
  }

  /** Sends what is due, and sets a timer for the rest when market time moves by itself. */
  release(simulator: Simulator): void {
    const now = simulator.clock.now();
    const due = this.#waiting.filter(({ at }) => at <= now);
    this.#waiting = this.#waiting.filter(({ at }) => at > now);
    for (const { send } of due) send();
    this.#setTimer(simulator, now);
  }

  clear(): void {
    this.#waiting = [];
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #setTimer(simulator: Simulator, now: number): void {
    const speed = speedOf(simulator.clock.setting());
    const next = Math.min(...this.#waiting.map(({ at }) => at));
    if (speed === 0 || !Number.isFinite(next)) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.release(simulator);
      },
      Math.min(2 ** 31 - 1, Math.ceil((next - now) / speed)),
    );
    this.#timers.add(timer);
  }
}
