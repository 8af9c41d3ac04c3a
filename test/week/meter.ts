import { boundsOf } from '../../local/backtest/bounds/clairvoyant.ts';
import { figuresOf, type RunFigures } from '../../local/backtest/measures/run-figures.ts';
import { highestPrice } from '../../local/backtest/policies/production.ts';
import { emptyTally } from '../../local/backtest/simulate/tally.ts';
import type { Application } from './applications.ts';
import { type Books, type Ledger, readLedger } from './ledger.ts';

/** Takes the backtest's figures of one application from the exchange's books, from a moment on. */
export class Meter {
  readonly application: Application;
  readonly #books: Books;
  readonly #from: Ledger;
  readonly #learningMinutes: number;
  #outMinutes = 0;
  #pricedOutMinutes = 0;

  /** @param learningMinutes minutes that have passed, and are not scored */
  constructor(application: Application, books: Books, learningMinutes: number) {
    this.application = application;
    this.#books = books;
    this.#from = readLedger(books, application.instrument);
    this.#learningMinutes = learningMinutes;
  }

  /** Counts a minute in which something was refused. */
  countRefusal(minute: number): void {
    this.#outMinutes += 1;
    if ((this.application.book.ask[minute] ?? 0) > highestPrice) this.#pricedOutMinutes += 1;
  }

  /** The figures from the moment on until now, which is the end of the demand. */
  figures(): RunFigures {
    const { demand, book, instrument } = this.application;
    const minutes = demand.steps.length - this.#learningMinutes;
    const flows = difference(readLedger(this.#books, instrument), this.#from);
    const tally = {
      ...emptyTally(),
      ...flows,
      minutes,
      demand: flows.used + flows.unserved,
      outMinutes: this.#outMinutes,
      pricedOutMinutes: this.#pricedOutMinutes,
    };
    return figuresOf(tally, boundsOf(demand, book, this.#learningMinutes), minutes);
  }
}

function difference(to: Ledger, from: Ledger): Ledger {
  return {
    bought: to.bought - from.bought,
    boughtAsMaker: to.boughtAsMaker - from.boughtAsMaker,
    spent: to.spent - from.spent,
    used: to.used - from.used,
    unserved: to.unserved - from.unserved,
    expired: to.expired - from.expired,
    orders: to.orders - from.orders,
    cancels: to.cancels - from.cancels,
  };
}
