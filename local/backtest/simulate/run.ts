import { stepsPerUnit } from '../amounts.ts';
import type { Desk, ReportedFill } from '../policies/buyer.ts';
import { BalanceDisplay } from './balance-display.ts';
import { assertConservation } from './conservation.ts';
import { Delivery } from './delivery.ts';
import { Exchange } from './exchange.ts';
import { drawFailures, type Failures } from './failures.ts';
import { record } from './recording.ts';
import type { Scenario } from './scenario.ts';
import { Stock } from './stock.ts';
import { emptyTally, type Tally } from './tally.ts';

const noFills: readonly ReportedFill[] = [];

/** A scenario under way: everything that changes while it runs. */
export class Run {
  readonly scored: Tally = emptyTally();
  readonly #scenario: Scenario;
  readonly #exchange: Exchange;
  readonly #stock = new Stock();
  readonly #delivery: Delivery;
  readonly #display: BalanceDisplay;
  readonly #failures: Failures;
  readonly #reviewEvery: number;
  readonly #desk: Desk;
  /** What nobody looks at but the books. */
  readonly #unscored: Tally = emptyTally();
  #tally: Tally = this.#unscored;
  #minute = 0;
  #fills: ReportedFill[] = [];
  /** On their way, by when they arrive. */
  readonly #undelivered: ReportedFill[] = [];
  #wasRefused = false;

  constructor(scenario: Scenario) {
    const { book, buyer, conditions, demand } = scenario;
    this.#scenario = scenario;
    this.#exchange = new Exchange(
      book,
      (units, price, isMaker) => this.#fill(units, price, isMaker),
      conditions.isAlwaysBehind,
    );
    this.#delivery = new Delivery(conditions.deliveryDelay);
    this.#display = new BalanceDisplay(conditions);
    this.#reviewEvery = Math.max(conditions.reviewEvery, buyer.reviewEvery ?? 1);
    this.#failures = drawFailures(conditions, this.#reviewEvery, demand.steps.length);
    this.#desk = {
      place: (units, limit, rests) => {
        this.#tally.orders += 1;
        return this.#exchange.place(this.#minute, units, limit, rests);
      },
      cancel: (id) => {
        if (this.#exchange.cancel(id)) this.#tally.cancels += 1;
      },
      refuse: () => {
        this.#tally.refusedOrders += 1;
      },
      read: () => {
        this.#tally.signedRequests += 1;
      },
    };
  }

  pass(minute: number): void {
    this.#minute = minute;
    const { recording, conditions } = this.#scenario;
    if (minute === conditions.learningMinutes) this.#tally = this.scored;
    const tally = this.#tally;
    const { bought, spent, used } = tally;
    const expired = this.#stock.expire(minute);
    tally.expired += expired;
    this.#stock.add(minute, this.#delivery.arrive(minute));
    this.#tellArrived();
    this.#exchange.open(minute);
    this.#display.note(minute, this.#stock.balance);
    if (minute % this.#reviewEvery === 0 && this.#failures.isLost[minute] === 0) this.#review(false);
    const demand = this.#scenario.demand.steps[minute] ?? 0;
    const isOut = demand > 0 && this.#serve(demand);
    if (recording === undefined) return;
    record(recording, minute, {
      demand,
      used: tally.used - used,
      bought: tally.bought - bought,
      spent: tally.spent - spent,
      expired,
      isOut,
      held: this.#stock.balance,
      ask: this.#scenario.book.ask[minute] ?? 0,
    });
  }

  close(): void {
    const [a, b] = [this.scored, this.#unscored];
    const flows = {
      bought: a.bought + b.bought,
      used: a.used + b.used,
      expired: a.expired + b.expired,
    };
    assertConservation(flows, this.#stock.balance + this.#delivery.inTransit);
  }

  #fill(units: number, price: number, isMaker: boolean): void {
    const steps = units * stepsPerUnit;
    this.#tally.bought += steps;
    this.#tally.spent += units * price;
    if (isMaker) this.#tally.boughtAsMaker += steps;
    const { deliveryDelay } = this.#scenario.conditions;
    const fill = { minute: this.#minute + deliveryDelay, units, price };
    if (deliveryDelay > 0) {
      this.#delivery.send(this.#minute, steps);
      this.#undelivered.push(fill);
    } else {
      this.#stock.add(this.#minute, steps);
      this.#fills.push(fill);
    }
  }

  /** As production does: a purchase is on its way until its Units have come, and told as a fill only then. */
  #tellArrived(): void {
    while (this.#undelivered[0] !== undefined && this.#undelivered[0].minute <= this.#minute) {
      this.#fills.push(this.#undelivered[0]);
      this.#undelivered.shift();
    }
  }

  /** What was bought since it was last asked. */
  #takeFills(): readonly ReportedFill[] {
    if (this.#fills.length === 0) return noFills;
    const fills = this.#fills;
    this.#fills = [];
    return fills;
  }

  #review(isWakeUp: boolean): void {
    const { book, buyer, conditions } = this.#scenario;
    const tally = this.#tally;
    const { orders, cancels } = tally;
    const fills = this.#takeFills();
    const wasRefused = this.#wasRefused;
    this.#wasRefused = false;
    buyer.review(
      {
        minute: this.#minute,
        isWakeUp,
        isTurn: Math.floor(this.#minute / this.#reviewEvery) % conditions.instruments === 0,
        balance: this.#display.show(this.#minute, this.#stock.balance),
        inTransit: this.#delivery.inTransit,
        bid: book.bid[this.#minute] ?? 0,
        ask: book.ask[this.#minute] ?? 0,
        orders: this.#exchange.orders,
        fills,
        wasRefused,
      },
      this.#desk,
    );
    tally.reviews += 1;
    tally.signedRequests += buyer.readsPerReview + tally.orders - orders + tally.cancels - cancels;
  }

  /** Whether anything was refused. */
  #serve(demand: number): boolean {
    const tally = this.#tally;
    const used = this.#stock.use(this.#minute, demand);
    tally.minutes += 1;
    tally.demand += demand;
    tally.used += used;
    if (used === demand) return false;
    tally.unserved += demand - used;
    tally.outMinutes += 1;
    const { book, buyer, conditions } = this.#scenario;
    if ((book.ask[this.#minute] ?? 0) > buyer.highestPrice) tally.pricedOutMinutes += 1;
    if (conditions.wakesUp) this.#wakeUp();
    return true;
  }

  #wakeUp(): void {
    this.#wasRefused = true;
    if (this.#failures.isOut[this.#minute] === 0) this.#review(true);
  }
}
