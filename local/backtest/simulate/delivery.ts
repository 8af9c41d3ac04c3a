/** Units between the fill and the consumption account, in steps. */
export class Delivery {
  readonly #delay: number;
  /** By the minute of arrival, modulo the delay and one. */
  readonly #arrivals: Float64Array;
  #inTransit = 0;

  /** @param delay in minutes */
  constructor(delay: number) {
    this.#delay = delay;
    this.#arrivals = new Float64Array(delay + 1);
  }

  get inTransit(): number {
    return this.#inTransit;
  }

  send(minute: number, steps: number): void {
    const slot = (minute + this.#delay) % this.#arrivals.length;
    this.#arrivals[slot] = (this.#arrivals[slot] ?? 0) + steps;
    this.#inTransit += steps;
  }

  /** What arrives in a minute. Once for every minute. */
  arrive(minute: number): number {
    const slot = minute % this.#arrivals.length;
    const steps = this.#arrivals[slot] ?? 0;
    this.#arrivals[slot] = 0;
    this.#inTransit -= steps;
    return steps;
  }
}
