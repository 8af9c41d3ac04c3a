import type { Instrument } from '../world.ts';
import { BurningApplication } from './burning-application.ts';
import { ConsumptionAccount, type ConsumptionBalances } from './consumption-account.ts';
import { TradingAccount, type TradingBalances } from './trading-account.ts';

/** Everything the account owns of one instrument, and the application that uses it up. */
export interface InstrumentAccounts {
  readonly instrument: Instrument;
  readonly trading: TradingAccount;
  readonly consumption: ConsumptionAccount;
  readonly application: BurningApplication;
}

export function createInstrumentAccounts(instrument: Instrument): InstrumentAccounts {
  const consumption = new ConsumptionAccount();
  return {
    instrument,
    trading: new TradingAccount(),
    consumption,
    application: new BurningApplication(consumption),
  };
}

/** bought (and granted) = consumed + expired + held in Consumption + held in Trading + sold, to the last digit. */
export function areUnitsConserved(trading: TradingBalances, consumption: ConsumptionBalances): boolean {
  const sources = trading.bought + trading.granted;
  const inTrading = trading.available + trading.locked;
  const uses = consumption.consumed + consumption.expired + consumption.held + inTrading + trading.sold;
  const moved = trading.movedToConsumption === consumption.entered;
  return sources === uses && moved && trading.available >= 0n && trading.locked >= 0n;
}
