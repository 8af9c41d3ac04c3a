import { minimum } from '../../../shared/ledger/decimal.ts';

const unitScale = 100_000_000n;

/** The Units of one instrument at a moment. */
export interface Holding {
  readonly at: number;
  readonly usable: bigint;
  readonly inTrading: bigint;
  /** Left the one account and not in the other yet. */
  readonly underWay: bigint;
  /** All that ever came into consumption. */
  readonly transferredIn: bigint;
}

/** What the exchange says of `transferredIn`: the truth, nothing, or always the same. */
export type TransferCount = 'counts' | 'absent' | 'stuck';

export function countShown(kind: TransferCount, { transferredIn }: Holding): bigint | undefined {
  if (kind === 'absent') return undefined;
  return kind === 'counts' ? transferredIn : 0n;
}

/** Units of an instrument: bought into the trading account, moved to consumption, used there. */
export class Holdings {
  readonly #history: Holding[];

  constructor(now: number, usable: bigint) {
    this.#history = [{ at: now, usable, inTrading: 0n, underWay: 0n, transferredIn: usable }];
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
    const { now: before } = this;
    this.#history.push({ ...before, at: now, inTrading: before.inTrading + quantity * unitScale });
  }

  /**
   * Lets Units leave the trading account, as far as they are there.
   *
   * @param quantity whole Units
   * @returns Units that have left
   */
  leaveTrading(now: number, quantity: bigint): bigint {
    const { now: before } = this;
    const units = minimum(quantity * unitScale, before.inTrading);
    const { inTrading, underWay } = before;
    this.#history.push({ ...before, at: now, inTrading: inTrading - units, underWay: underWay + units });
    return units;
  }

  /** Units that have left the trading account come into the other one. */
  arrive(now: number, units: bigint): void {
    const { now: before } = this;
    this.#history.push({
      ...before,
      at: now,
      usable: before.usable + units,
      underWay: before.underWay - units,
      transferredIn: before.transferredIn + units,
    });
  }

  /** Uses Units up, as far as there are any. */
  consume(now: number, units: bigint): void {
    const { now: before } = this;
    this.#history.push({ ...before, at: now, usable: before.usable > units ? before.usable - units : 0n });
  }
}
