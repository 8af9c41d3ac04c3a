import { decimalScale } from '../../../shared/ledger/decimal.ts';
import type { ExchangeTransfer, TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { Holdings } from './holdings.ts';

/** A request to move Units to consumption, as it arrives. */
export interface TransferRequest {
  /** The sender's name for it, which the exchange does not look at. */
  readonly transferId: string;
  readonly instrumentId: string;
  readonly marketId: string;
  /** Whole Units. */
  readonly quantity: bigint;
}

/** A move that the exchange has taken on. */
export interface TransferAtExchange extends TransferRequest {
  readonly exchangeTransferId: string;
  readonly takenAt: number;
  /** When its Units became usable, and the history began to show it. */
  doneAt: number | undefined;
}

interface DeskTools {
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly random: Random;
  readonly faults: FaultPlan;
}

/** Where Units are moved from the trading account to consumption. A second request is a second move. */
export class TransferDesk {
  /** All that were taken on, as they came. */
  readonly taken: TransferAtExchange[] = [];
  readonly #tools: DeskTools;
  readonly #holdingsOf: (marketId: string) => Holdings;

  constructor(tools: DeskTools, holdingsOf: (marketId: string) => Holdings) {
    this.#tools = tools;
    this.#holdingsOf = holdingsOf;
  }

  /** A request whose signature is good. */
  receive(request: TransferRequest): TransferOutcome {
    const { random, faults } = this.#tools;
    const { inTrading } = this.#holdingsOf(request.marketId).now;
    if (request.quantity * decimalScale > inTrading) {
      return { kind: 'refused', status: 422, code: 'INSUFFICIENT_BALANCE' };
    }
    if (random.chance(faults.refusal)) return { kind: 'refused', status: 429, code: 'RATE_LIMITED' };
    const { exchangeTransferId } = this.#take(request);
    return random.chance(faults.lyingRefusal)
      ? { kind: 'refused', status: 400, code: 'VALIDATION_ERROR' }
      : { kind: 'accepted', exchangeTransferId };
  }

  /** The history as it was at a moment, oldest first. */
  shownAsOf(time: number): readonly ExchangeTransfer[] {
    return this.taken
      .filter(({ doneAt }) => doneAt !== undefined && doneAt <= time)
      .map(({ exchangeTransferId, instrumentId, quantity, takenAt }) => ({
        exchangeTransferId,
        instrumentId,
        quantity: quantity * decimalScale,
        createdAt: takenAt,
        mayHaveMoved: true,
      }));
  }

  #take(request: TransferRequest): TransferAtExchange {
    const { kernel, journal, random, faults } = this.#tools;
    const takenAt = kernel.now();
    const exchangeTransferId = `transfer_${this.taken.length + 1}`;
    const transfer: TransferAtExchange = { ...request, exchangeTransferId, takenAt, doneAt: undefined };
    this.taken.push(transfer);
    journal.write('exchange.moves', `${exchangeTransferId} ${request.transferId} ${request.quantity}`);
    const units = this.#holdingsOf(request.marketId).leaveTrading(takenAt, request.quantity);
    const lagMs = faults.admissionLagMs > 0 && random.chance(0.7) ? random.next() * faults.admissionLagMs : 0;
    if (lagMs === 0) this.#finish(transfer, units);
    else kernel.schedule(lagMs, () => this.#finish(transfer, units));
    return transfer;
  }

  #finish(transfer: TransferAtExchange, units: bigint): void {
    const { kernel, journal } = this.#tools;
    transfer.doneAt = kernel.now();
    this.#holdingsOf(transfer.marketId).arrive(kernel.now(), units);
    journal.write('exchange.moved', transfer.exchangeTransferId);
  }
}
