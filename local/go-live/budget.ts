import { formatUsd, type Usd } from '../../shared/ledger/decimal.ts';

/** The money is used up: an order was not sent. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/**
 * What may be spent. Every order that is sent counts as if it were bought at its limit, whatever becomes of it, so that
 * no answer of the exchange can lead to more.
 */
export class Budget {
  readonly #limit: Usd;
  #used: Usd = 0n;

  constructor(limit: Usd) {
    this.#limit = limit;
  }

  /** @throws BudgetError if there is not so much left; nothing is taken then */
  take(amount: Usd): void {
    if (this.#used + amount > this.#limit) {
      throw new BudgetError(
        `An order for ${formatUsd(amount)} USD would pass ${formatUsd(this.#limit)} USD.`,
      );
    }
    this.#used += amount;
  }
}
