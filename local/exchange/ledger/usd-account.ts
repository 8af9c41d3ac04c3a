import type { Amount } from '../decimal.ts';

/** The state of the USD account, for answers and for the truth. */
export interface UsdBalances {
  readonly available: Amount;
  readonly locked: Amount;
  readonly deposited: Amount;
  readonly spent: Amount;
  readonly proceeds: Amount;
  readonly fees: Amount;
  /** The most USD that was ever locked at once. */
  readonly highestLocked: Amount;
}

/** The currency trading account: USD that orders lock and trades spend. */
export class UsdAccount {
  #available: Amount;
  #locked: Amount = 0n;
  #deposited: Amount;
  #spent: Amount = 0n;
  #proceeds: Amount = 0n;
  #fees: Amount = 0n;
  #highestLocked: Amount = 0n;

  constructor(start: Amount) {
    this.#available = start;
    this.#deposited = start;
  }

  get available(): Amount {
    return this.#available;
  }

  /** Holds USD back for an order at acceptance. The caller has checked that it is there. */
  lock(usd: Amount): void {
    this.#available -= usd;
    this.#locked += usd;
    if (this.#locked > this.#highestLocked) this.#highestLocked = this.#locked;
  }

  /** Gives locked USD back when an order is cancelled or closed. */
  release(usd: Amount): void {
    this.#locked -= usd;
    this.#available += usd;
  }

  /** Pays for a trade out of the USD locked for it; what the better price saved becomes available. */
  pay(unlocked: Amount, value: Amount, fee: Amount): void {
    this.#locked -= unlocked;
    this.#available += unlocked - value - fee;
    this.#spent += value;
    this.#fees += fee;
  }

  /** Takes in the value of Units sold, less the fee. */
  receive(value: Amount, fee: Amount): void {
    this.#available += value - fee;
    this.#proceeds += value;
    this.#fees += fee;
  }

  /** Sets the available USD, as a deposit or withdrawal in the dashboard would. */
  setAvailable(usd: Amount): void {
    this.#deposited += usd - this.#available;
    this.#available = usd;
  }

  balances(): UsdBalances {
    return {
      available: this.#available,
      locked: this.#locked,
      deposited: this.#deposited,
      spent: this.#spent,
      proceeds: this.#proceeds,
      fees: this.#fees,
      highestLocked: this.#highestLocked,
    };
  }
}

/** No USD appears or vanishes: deposits and proceeds are still there, or were spent or paid as fees. */
export function isUsdConserved(usd: UsdBalances): boolean {
  const sources = usd.deposited + usd.proceeds;
  const uses = usd.available + usd.locked + usd.spent + usd.fees;
  return sources === uses && usd.available >= 0n && usd.locked >= 0n;
}
