import type { Amount } from '../decimal.ts';
import type { ConsumptionAccount } from './consumption-account.ts';

const MILLISECONDS_PER_MINUTE = 60_000n;

/** An application that burns tokens at a steady rate, so that balances become fractional as in real use. */
export class BurningApplication {
  readonly #consumption: ConsumptionAccount;
  #unitsPerMinute: Amount = 0n;
  /** Demand below a hundred-millionth of a Unit, kept so that many short steps burn as much as one long one. */
  #carry = 0n;

  constructor(consumption: ConsumptionAccount) {
    this.#consumption = consumption;
  }

  get unitsPerMinute(): Amount {
    return this.#unitsPerMinute;
  }

  setRate(unitsPerMinute: Amount): void {
    this.#unitsPerMinute = unitsPerMinute;
    this.#carry = 0n;
  }

  /** Burns what a stretch of market time asks for. */
  run(milliseconds: number): void {
    if (this.#unitsPerMinute === 0n || milliseconds === 0) return;
    const demand = this.#unitsPerMinute * BigInt(milliseconds) + this.#carry;
    this.#carry = demand % MILLISECONDS_PER_MINUTE;
    this.#consumption.consume(demand / MILLISECONDS_PER_MINUTE);
  }
}
