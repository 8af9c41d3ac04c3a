const unitScale = 100_000_000n;

/** The Units of one instrument at a moment. */
interface Holding {
  readonly at: number;
  readonly usable: bigint;
  readonly inTrading: bigint;
}

/** Units of an instrument: bought into the trading account, moved to consumption, used there. */
export class Holdings {
  readonly #history: Holding[];

  constructor(now: number, usable: bigint) {
    this.#history = [{ at: now, usable, inTrading: 0n }];
  }

  get now(): Holding {
    const last = this.#history.at(-1);
    if (last === undefined) throw new Error('Holdings begin with a state.');
    return last;
  }

  /** What was there at a moment. */
  asOf(time: number): Holding {
    return this.#history.findLast((one) => one.at <= time) ?? this.#history[0] ?? this.now;
  }

  /** @param quantity whole Units */
  buy(now: number, quantity: bigint): void {
    const { usable, inTrading } = this.now;
    this.#history.push({ at: now, usable, inTrading: inTrading + quantity * unitScale });
  }

  /** @param quantity whole Units */
  moveToConsumption(now: number, quantity: bigint): void {
    const { usable, inTrading } = this.now;
    const units = quantity * unitScale;
    this.#history.push({ at: now, usable: usable + units, inTrading: inTrading - units });
  }

  /** Uses Units up, as far as there are any. */
  consume(now: number, units: bigint): void {
    const { usable, inTrading } = this.now;
    this.#history.push({ at: now, usable: usable > units ? usable - units : 0n, inTrading });
  }
}
