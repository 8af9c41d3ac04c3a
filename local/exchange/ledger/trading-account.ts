import type { Amount } from '../decimal.ts';

/** The state of a trading account, for answers and for the truth. */
export interface TradingBalances {
  readonly available: Amount;
  readonly locked: Amount;
  readonly bought: Amount;
  readonly sold: Amount;
  /** Units that came from outside, not from a trade. */
  readonly granted: Amount;
  readonly movedToConsumption: Amount;
}

/** Units of one instrument that were bought and not yet moved to Consumption. They do not expire. */
export class TradingAccount {
  #available: Amount = 0n;
  #locked: Amount = 0n;
  #bought: Amount = 0n;
  #sold: Amount = 0n;
  #granted: Amount = 0n;
  #moved: Amount = 0n;

  get available(): Amount {
    return this.#available;
  }

  /** Takes in the Units of a trade. */
  buy(units: Amount): void {
    this.#available += units;
    this.#bought += units;
  }

  /** Takes in Units from outside, as a gift of the platform would come. */
  grant(units: Amount): void {
    this.#available += units;
    this.#granted += units;
  }

  /** Holds Units back for a sell order. The caller has checked that they are there. */
  lock(units: Amount): void {
    this.#available -= units;
    this.#locked += units;
  }

  release(units: Amount): void {
    this.#locked -= units;
    this.#available += units;
  }

  /** Hands over Units of a sell order. */
  sell(units: Amount): void {
    this.#locked -= units;
    this.#sold += units;
  }

  /** Gives Units away to the Consumption account; there is no way back. */
  moveOut(units: Amount): void {
    this.#available -= units;
    this.#moved += units;
  }

  balances(): TradingBalances {
    return {
      available: this.#available,
      locked: this.#locked,
      bought: this.#bought,
      sold: this.#sold,
      granted: this.#granted,
      movedToConsumption: this.#moved,
    };
  }
}
