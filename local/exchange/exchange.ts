import type { MarketClock } from './clock.ts';
import type { Amount } from './decimal.ts';
import { createLagged } from './lagged.ts';
import type { ConsumptionBalances, Lot } from './ledger/consumption-account.ts';
import type { TradingBalances } from './ledger/trading-account.ts';
import { Transfers } from './ledger/transfers.ts';
import { areUnitsConserved, createInstrumentAccounts, type InstrumentAccounts } from './ledger/units.ts';
import { isUsdConserved, UsdAccount, type UsdBalances } from './ledger/usd-account.ts';
import { MatchingEngine } from './market/matching-engine.ts';
import type { Modes } from './modes.ts';
import { createRandom } from './random.ts';
import { Sellers } from './sellers.ts';
import { createTimeline } from './timeline.ts';
import { type Instrument, MARKETS, type Market } from './world.ts';

const LONGEST_LAG = 3_600_000;

/** All balances of the account at one moment. */
export interface BalanceSheet {
  readonly usd: UsdBalances;
  readonly units: readonly InstrumentBalances[];
}

export interface InstrumentBalances {
  readonly instrument: Instrument;
  readonly trading: TradingBalances;
  readonly consumption: ConsumptionBalances;
}

interface ExchangeOptions {
  readonly clock: MarketClock;
  readonly modes: Modes;
  readonly seed: number;
  readonly startUsd: Amount;
  readonly sellersEnabled: boolean;
}

/**
 * The exchange without HTTP: one account, its markets and its ledger. Time passes only in
 * {@link Exchange.advance}, which carries out everything that fell due, in the right sequence.
 */
export class Exchange {
  readonly modes: Modes;
  readonly engine: MatchingEngine;
  readonly transfers: Transfers;
  readonly usd: UsdAccount;
  readonly #clock: MarketClock;
  readonly #timeline = createTimeline();
  readonly #accounts: ReadonlyMap<string, InstrumentAccounts>;
  readonly #sellers: ReadonlyMap<string, Sellers>;
  readonly #sheets = createLagged<BalanceSheet>(LONGEST_LAG);
  #now: number;

  constructor(options: ExchangeOptions) {
    const { clock, modes, seed } = options;
    this.modes = modes;
    this.#clock = clock;
    this.#now = clock.now();
    this.usd = new UsdAccount(options.startUsd);
    this.#accounts = new Map(
      MARKETS.map(({ instrument }) => [instrument.instrumentId, createInstrumentAccounts(instrument)]),
    );
    const now = () => this.#now;
    const plan = (at: number, happen: () => void) => this.#timeline.plan(at, happen);
    this.engine = new MatchingEngine({
      modes,
      usd: this.usd,
      ids: createRandom(seed, 'orders'),
      now,
      plan,
      tradingAccount: (instrument) => this.accountsOf(instrument).trading,
      onBought: (order, units) => this.transfers.afterPurchase(order, units),
    });
    this.transfers = new Transfers({
      modes,
      ids: createRandom(seed, 'transfers'),
      now,
      plan,
      accounts: () => this.#accounts.values(),
      accountsOf: (instrument) => this.accountsOf(instrument),
      closeSells: (instrument) => this.engine.closeSells(instrument, 'swept_to_consumption'),
    });
    this.#sellers = new Map(
      MARKETS.map((market) => {
        const random = createRandom(seed, `sellers of ${market.marketId}`);
        const ports = { engine: this.engine, random, now, plan };
        return [market.marketId, new Sellers(market, ports, options.sellersEnabled)];
      }),
    );
    this.#recordBalances();
  }

  /** Market time of the last advance, in milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Carries out everything that fell due up to the clock's present. Call it before anything is read or done. */
  advance(): void {
    const present = this.#clock.now();
    for (
      let next = this.#timeline.nextAt();
      next !== undefined && next <= present;
      next = this.#timeline.nextAt()
    ) {
      this.#passTo(next);
      this.#timeline.take()?.happen();
      this.#recordBalances();
    }
    this.#passTo(present);
    this.#recordBalances();
  }

  /** Runs a command, and notes the balances that it leaves for readers that lag behind. */
  run<Result>(command: () => Result): Result {
    const result = command();
    this.#recordBalances();
    return result;
  }

  /** Plans something at a moment of market time. */
  plan(at: number, happen: () => void): void {
    this.#timeline.plan(at, happen);
  }

  accountsOf(instrument: Instrument): InstrumentAccounts {
    const accounts = this.#accounts.get(instrument.instrumentId);
    if (accounts === undefined) throw new Error(`no accounts for ${instrument.instrumentId}`);
    return accounts;
  }

  sellersOf(market: Market): Sellers {
    const sellers = this.#sellers.get(market.marketId);
    if (sellers === undefined) throw new Error(`no sellers for ${market.marketId}`);
    return sellers;
  }

  /** Balances as they stood a number of seconds ago. */
  balancesBefore(lagSeconds: number): BalanceSheet {
    const sheet = this.#sheets.readAt(this.#now - lagSeconds * 1000) ?? this.#sheets.oldest();
    return sheet ?? this.balances();
  }

  /** The balances as they are, without lag. */
  balances(): BalanceSheet {
    return {
      usd: this.usd.balances(),
      units: [...this.#accounts.values()].map(({ instrument, trading, consumption }) => ({
        instrument,
        trading: trading.balances(),
        consumption: consumption.balances(),
      })),
    };
  }

  /** The living Lots of an instrument, soonest expiring first. */
  lots(instrument: Instrument): readonly Lot[] {
    return this.accountsOf(instrument).consumption.lots();
  }

  /** Whether no USD and no Unit appeared or vanished. False is a bug of this simulator. */
  isConserved(): boolean {
    const { usd, units } = this.balances();
    return isUsdConserved(usd) && units.every((one) => areUnitsConserved(one.trading, one.consumption));
  }

  #passTo(at: number): void {
    if (at <= this.#now) return;
    for (const { application } of this.#accounts.values()) application.run(at - this.#now);
    this.#now = at;
  }

  #recordBalances(): void {
    this.#sheets.record(this.#now, this.balances());
  }
}
