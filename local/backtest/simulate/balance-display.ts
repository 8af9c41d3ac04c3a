import { stepsPerUnit } from '../amounts.ts';
import type { Conditions } from './conditions.ts';

/** The balance as the exchange shows it, in steps: a projection that may be behind, and may show whole Units only. */
export class BalanceDisplay {
  readonly #lag: number;
  readonly #isWhole: boolean;
  readonly #history: Float64Array;

  constructor({ balanceLag, wholeBalances }: Conditions) {
    this.#lag = balanceLag;
    this.#isWhole = wholeBalances;
    this.#history = new Float64Array(balanceLag + 1);
  }

  /** Notes the balance as a minute begins. Once for every minute. */
  note(minute: number, balance: number): void {
    this.#history[minute % this.#history.length] = balance;
  }

  show(minute: number, balance: number): number {
    const shown = this.#lag === 0 ? balance : (this.#history[(minute + 1) % this.#history.length] ?? 0);
    return this.#isWhole ? shown - (shown % stepsPerUnit) : shown;
  }
}
