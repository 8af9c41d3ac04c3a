import { type Amount, smaller } from '../decimal.ts';
import type { Order } from '../market/order.ts';
import { accepted, type Outcome, refused } from '../market/outcome.ts';
import type { Modes } from '../modes.ts';
import type { Random } from '../random.ts';
import type { Instrument } from '../world.ts';
import type { InstrumentAccounts } from './units.ts';

const SWEEP_INTERVAL = 4 * 3_600_000;

/** A move of Units from the Trading to the Consumption account. There is no way back. */
export interface Transfer {
  readonly transferId: string;
  readonly sequence: number;
  readonly instrument: Instrument;
  readonly quantity: Amount;
  readonly cause: 'automatic' | 'requested' | 'sweep';
  readonly at: number;
}

interface TransferPorts {
  readonly modes: Modes;
  readonly ids: Random;
  readonly now: () => number;
  readonly plan: (at: number, happen: () => void) => void;
  readonly accounts: () => Iterable<InstrumentAccounts>;
  readonly accountsOf: (instrument: Instrument) => InstrumentAccounts;
  /** Closes open sell orders of an instrument, because a sweep takes their Units too. */
  readonly closeSells: (instrument: Instrument) => void;
}

/** Moves Units to Consumption, by the mode of the exchange or on request; each move starts a Lot. */
export class Transfers {
  readonly #ports: TransferPorts;
  readonly #history: Transfer[] = [];

  constructor(ports: TransferPorts) {
    this.#ports = ports;
    this.#planSweep();
  }

  history(): readonly Transfer[] {
    return this.#history;
  }

  /** Decides what happens to Units that were just bought. */
  afterPurchase(order: Order, units: Amount): void {
    const { modes } = this.#ports;
    const { instrument } = order.market;
    if (modes.transfer === 'immediate' || (modes.transfer === 'opt-in' && order.autotransfer)) {
      this.#moveUpTo(instrument, units, 'automatic');
    } else if (modes.transfer === 'delayed') {
      const due = this.#ports.now() + modes.transferDelaySeconds * 1000;
      this.#ports.plan(due, () => this.#moveUpTo(instrument, units, 'automatic'));
    }
  }

  /** A transfer that the client asks for: all of it or none. Not idempotent. */
  request(instrument: Instrument, units: Amount): Outcome<Transfer> {
    if (units > this.#ports.accountsOf(instrument).trading.available) {
      return refused('insufficient_units', 'Not enough Units available in the Trading account');
    }
    return accepted(this.#move(instrument, units, 'requested'));
  }

  /** Scheduled Sweeps happen at 00:00, 04:00, 08:00, 12:00, 16:00 and 20:00 UTC. */
  #planSweep(): void {
    const next = (Math.floor(this.#ports.now() / SWEEP_INTERVAL) + 1) * SWEEP_INTERVAL;
    this.#ports.plan(next, () => {
      if (this.#ports.modes.transfer === 'sweep') this.#sweep();
      this.#planSweep();
    });
  }

  #sweep(): void {
    for (const { instrument, trading } of this.#ports.accounts()) {
      this.#ports.closeSells(instrument);
      this.#moveUpTo(instrument, trading.available, 'sweep');
    }
  }

  /** Units may have been sold or moved since the move was planned, so it takes what is still there. */
  #moveUpTo(instrument: Instrument, units: Amount, cause: Transfer['cause']): void {
    const quantity = smaller(units, this.#ports.accountsOf(instrument).trading.available);
    if (quantity > 0n) this.#move(instrument, quantity, cause);
  }

  #move(instrument: Instrument, units: Amount, cause: Transfer['cause']): Transfer {
    const { trading, consumption } = this.#ports.accountsOf(instrument);
    const at = this.#ports.now();
    trading.moveOut(units);
    const lot = consumption.enter(units, at, at + this.#ports.modes.lotLifetimeSeconds * 1000);
    this.#ports.plan(lot.expiresAt, () => consumption.expire(lot));
    const transfer: Transfer = {
      transferId: `transfer_${this.#ports.ids.uuid()}`,
      sequence: this.#history.length,
      instrument,
      quantity: units,
      cause,
      at,
    };
    this.#history.push(transfer);
    return transfer;
  }
}
