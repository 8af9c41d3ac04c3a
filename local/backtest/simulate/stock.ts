import { lotLifeMinutes } from '../calendar.ts';

/** The Units in the consumption account, in steps: lots that are used oldest first and expire four hours after arrival. */
export class Stock {
  /** What is left of the Units of each minute, at the minute modulo the life: a minute's slot is free when it returns. */
  readonly #lots = new Float64Array(lotLifeMinutes);
  /** Nothing is left of what arrived before this minute. */
  #oldest = 0;
  #balance = 0;

  get balance(): number {
    return this.#balance;
  }

  /** Begins a minute: what arrived a life ago is gone. Once for every minute, in order. Returns what expired. */
  expire(minute: number): number {
    const slot = minute % lotLifeMinutes;
    const expired = this.#lots[slot] ?? 0;
    this.#lots[slot] = 0;
    this.#balance -= expired;
    this.#oldest = Math.max(this.#oldest, minute - lotLifeMinutes + 1);
    return expired;
  }

  add(minute: number, steps: number): void {
    const slot = minute % lotLifeMinutes;
    this.#lots[slot] = (this.#lots[slot] ?? 0) + steps;
    this.#balance += steps;
  }

  /** Uses up to `steps`, oldest lot first. Returns how much there was. */
  use(minute: number, steps: number): number {
    const served = Math.min(steps, this.#balance);
    this.#balance -= served;
    let rest = served;
    while (rest > 0) {
      const slot = this.#oldest % lotLifeMinutes;
      const left = this.#lots[slot] ?? 0;
      const taken = Math.min(left, rest);
      this.#lots[slot] = left - taken;
      rest -= taken;
      // Units may still arrive in the current minute, so its lot is never passed over.
      if (taken === left && this.#oldest < minute) this.#oldest += 1;
    }
    return served;
  }
}
