import { type Amount, smaller } from '../decimal.ts';

/** Units that entered Consumption together and expire together. */
export interface Lot {
  readonly lotId: number;
  readonly enteredAt: number;
  readonly expiresAt: number;
  readonly entered: Amount;
  remaining: Amount;
}

/** The state of a consumption account, for answers and for the truth. */
export interface ConsumptionBalances {
  readonly held: Amount;
  readonly entered: Amount;
  readonly consumed: Amount;
  readonly expired: Amount;
  /** What the application asked for while no Units were left. */
  readonly unmet: Amount;
  readonly createdAt: number | null;
  readonly lastEnteredAt: number | null;
}

/** Units of one instrument that are locked for use, kept as Lots. */
export class ConsumptionAccount {
  #lots: Lot[] = [];
  #lastLotId = 0;
  #entered: Amount = 0n;
  #consumed: Amount = 0n;
  #expired: Amount = 0n;
  #unmet: Amount = 0n;
  #createdAt: number | null = null;
  #lastEnteredAt: number | null = null;

  /** Starts a Lot. Its life runs from this entry, not from the purchase. */
  enter(units: Amount, at: number, expiresAt: number): Lot {
    this.#lastLotId += 1;
    const lot: Lot = { lotId: this.#lastLotId, enteredAt: at, expiresAt, entered: units, remaining: units };
    // Soonest expiring first; a new Lot goes behind those that expire at the same moment.
    const place = this.#lots.findIndex((other) => other.expiresAt > expiresAt);
    if (place === -1) this.#lots.push(lot);
    else this.#lots.splice(place, 0, lot);
    this.#entered += units;
    this.#createdAt ??= at;
    this.#lastEnteredAt = at;
    return lot;
  }

  /** Uses Units up, the soonest expiring Lot first. What is not there counts as unmet demand. */
  consume(units: Amount): void {
    let wanted = units;
    for (const lot of this.#lots) {
      const used = smaller(wanted, lot.remaining);
      lot.remaining -= used;
      wanted -= used;
      if (wanted === 0n) break;
    }
    this.#consumed += units - wanted;
    this.#unmet += wanted;
    this.#lots = this.#lots.filter((lot) => lot.remaining > 0n);
  }

  /** Removes what is left of a Lot at the end of its life: use it or lose it. */
  expire(lot: Lot): void {
    this.#expired += lot.remaining;
    lot.remaining = 0n;
    this.#lots = this.#lots.filter((other) => other !== lot);
  }

  /** The living Lots, in the sequence in which they are used. */
  lots(): readonly Lot[] {
    return this.#lots;
  }

  balances(): ConsumptionBalances {
    return {
      held: this.#lots.reduce((sum, lot) => sum + lot.remaining, 0n),
      entered: this.#entered,
      consumed: this.#consumed,
      expired: this.#expired,
      unmet: this.#unmet,
      createdAt: this.#createdAt,
      lastEnteredAt: this.#lastEnteredAt,
    };
  }
}
