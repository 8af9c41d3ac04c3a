import { decimalScale } from '../../../../shared/ledger/decimal.ts';
import { StoreUnavailableError } from '../../../../shared/orders/store-port.ts';
import type {
  ExchangeTransfer,
  TransferExchange,
  TransferOutcome,
  TransferToSend,
} from '../../../../shared/transfers/exchange-port.ts';
import { moveWaitingUnits } from '../../../../shared/transfers/move-waiting-units.ts';
import { resolveTransfers } from '../../../../shared/transfers/resolve-transfers.ts';
import type { TransferStore } from '../../../../shared/transfers/store-port.ts';
import { longestCheckMs, unitsBeingMoved } from '../../../../shared/transfers/units-to-move.ts';
import { createMemoryTransferStore } from '../../../support/memory-transfer-store.ts';
import { createRecordedLog } from '../../../support/recorded-log.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

/** What becomes of a tick's POST: `late` means carried out after the client has given up. */
export type PostFate = 'answered' | 'lost-after' | 'lost-before' | 'late' | 'refused' | 'refused-and-done';

/** What goes wrong on one tick. Calls to the outside are counted from 0. */
export interface TickPlan {
  /** ms since the tick before. */
  readonly stepMs: number;
  /** The process ends at this call, before or after its effect. */
  readonly killAt: number | undefined;
  readonly killAfterEffect: boolean;
  /** The process stands still at this call, after its effect, for so many ticks. */
  readonly freezeAt: number | undefined;
  readonly freezeTicks: number;
  /** The store's answer to this call is lost, or the call never arrives. */
  readonly storeFaultAt: number | undefined;
  readonly storeFaultAfterEffect: boolean;
  readonly post: PostFate;
  readonly history: 'complete' | 'incomplete' | 'fails';
  /** How late the exchange shows each of its accounts, and its history. ms. */
  readonly lagMs: { readonly consumption: number; readonly trading: number; readonly history: number };
}

interface Movement {
  readonly transferId: string;
  readonly row: ExchangeTransfer;
  readonly at: number;
  readonly quantity: bigint;
}

/** A call to the outside. */
type Call = <T>(kind: 'store' | 'exchange', effect: () => T | Promise<T>) => Promise<T>;

const instrument = 'chat-prime';
const instrumentId = 'instrument_1';
/** As the deployed function has it: 90 s of life less what is left over for the last words. */
const invocationMs = longestCheckMs - 3_000;
const signatureWindowMs = 30_000;
/** Balances are never later than this. */
export const mostLagMs = 60_000;

/** One account at an exchange that lags, loses and lies, and the production code that moves Units on it. */
export class TransferWorld {
  readonly clock = createVirtualClock();
  readonly store = createMemoryTransferStore();
  readonly log = createRecordedLog();
  /** Everything that the exchange has moved. */
  readonly movements: Movement[] = [];
  /** How often each transfer was sent. */
  readonly posts = new Map<string, number>();
  readonly problems: string[] = [];
  readonly need: bigint;
  readonly #bought: bigint;
  readonly #late: { at: number; transfer: TransferToSend }[] = [];
  readonly #frozen: { ticksLeft: number; endsAt: number; thaw: () => void }[] = [];
  #tick = 0;

  constructor(need: bigint, bought: bigint) {
    this.need = need;
    this.#bought = bought;
  }

  /** Starts one invocation and lets everything run that can. */
  async runTick(plan: TickPlan): Promise<void> {
    this.clock.advance(plan.stepMs);
    this.#arriveLate();
    this.#tick += 1;
    for (const one of this.#frozen.splice(0)) {
      // A process that was ended while it stood still does not go on.
      if (this.clock.now() >= one.endsAt) continue;
      if (one.ticksLeft > 1) this.#frozen.push({ ...one, ticksLeft: one.ticksLeft - 1 });
      else one.thaw();
    }
    void this.#invoke(plan, this.#tick);
    for (let turn = 0; turn < 40; turn += 1) await new Promise(setImmediate);
  }

  /** Units moved until a time, by the exchange's own ledger. */
  movedBy(time = this.clock.now()): bigint {
    return this.movements.filter(({ at }) => at <= time).reduce((sum, { quantity }) => sum + quantity, 0n);
  }

  async #invoke(plan: TickPlan, tick: number): Promise<void> {
    const deadline = this.clock.now() + invocationMs;
    const call = this.#caller(plan, this.clock.now() + longestCheckMs);
    const ports = {
      store: this.#storeFor(call),
      exchange: this.#exchangeFor(plan, call),
      clock: this.clock,
      balanceLagMs: mostLagMs,
      deadline,
      nonce: () => `nonce-${tick}`,
      log: this.log,
    };
    await resolveTransfers(ports);
    const accounts = async () => {
      const now = this.clock.now();
      const usable = this.movedBy(now - plan.lagMs.consumption) * decimalScale;
      const inTrading = (this.#bought - this.movedBy(now - plan.lagMs.trading)) * decimalScale;
      await call('exchange', () => undefined);
      const unfinished = await ports.store.unfinished();
      const counted = usable + inTrading + unitsBeingMoved(unfinished, instrument, now, mostLagMs);
      if (counted < this.#bought * decimalScale)
        this.problems.push(`tick ${tick}: Units are counted nowhere`);
      return { instrumentId, usable, inTrading };
    };
    const identity = { stage: 'test', scheduleArn: 'arn', scheduledTime: String(tick) };
    const need = this.need * decimalScale;
    await moveWaitingUnits(ports, identity, [{ instrument, need, accounts }]);
  }

  /** Wraps each call to the outside with the invocation's own troubles. */
  #caller(plan: TickPlan, endsAt: number): Call {
    let calls = -1;
    return async (kind, effect) => {
      calls += 1;
      const mine = calls;
      if (mine === plan.killAt && !plan.killAfterEffect) await forever();
      const isLost = kind === 'store' && mine === plan.storeFaultAt;
      if (isLost && !plan.storeFaultAfterEffect) throw new StoreUnavailableError('no-effect');
      const result = await effect();
      if (mine === plan.killAt) await forever();
      if (mine === plan.freezeAt) {
        await new Promise<void>((thaw) => this.#frozen.push({ ticksLeft: plan.freezeTicks, endsAt, thaw }));
      }
      if (isLost) throw new StoreUnavailableError('answer-lost');
      return result;
    };
  }

  #storeFor(call: Call): TransferStore {
    const { store } = this;
    return {
      create: (transfer) => call('store', () => store.create(transfer)),
      update: (before, after) => call('store', () => store.update(before, after)),
      unfinished: () => call('store', () => store.unfinished()),
      ownerOf: (id) => call('store', () => store.ownerOf(id)),
    };
  }

  #exchangeFor(plan: TickPlan, call: Call): TransferExchange {
    const prepared = new WeakMap<object, TransferToSend>();
    return {
      prepareTransfer: async (transfer) => {
        const signed = { signedAt: this.clock.now() };
        prepared.set(signed, transfer);
        await call('exchange', () => undefined);
        return signed;
      },
      sendTransfer: async (signed) => {
        const transfer = prepared.get(signed);
        if (transfer === undefined) throw new Error('never prepared');
        return call('exchange', () => this.#receive(transfer, signed.signedAt, plan.post));
      },
      listTransfers: async () => {
        const shown = this.movements.filter(({ at }) => at <= this.clock.now() - plan.lagMs.history);
        return call('exchange', () => {
          if (plan.history === 'fails') throw new Error('ExchangeReadError');
          return { transfers: shown.map(({ row }) => row), complete: plan.history === 'complete' };
        });
      },
    };
  }

  #receive(transfer: TransferToSend, signedAt: number, fate: PostFate): TransferOutcome {
    const now = this.clock.now();
    this.posts.set(transfer.transferId, (this.posts.get(transfer.transferId) ?? 0) + 1);
    if (now - signedAt > signatureWindowMs)
      return { kind: 'refused', status: 401, code: 'EXPIRED_TIMESTAMP' };
    switch (fate) {
      case 'lost-before':
        return { kind: 'unknown', code: 'timeout' };
      case 'late':
        this.#late.push({ at: signedAt + signatureWindowMs, transfer });
        return { kind: 'unknown', code: 'timeout' };
      case 'refused':
        return { kind: 'refused', status: 422, code: 'INSUFFICIENT_BALANCE' };
      case 'answered':
      case 'lost-after':
      case 'refused-and-done':
        return this.#carryOut(transfer, now, fate);
    }
  }

  #carryOut(
    transfer: TransferToSend,
    at: number,
    fate: 'answered' | 'lost-after' | 'refused-and-done',
  ): TransferOutcome {
    const refusal = { kind: 'refused', status: 422, code: 'INSUFFICIENT_BALANCE' } as const;
    if (transfer.quantity > this.#bought - this.movedBy(at)) return refusal;
    const exchangeTransferId = `transfer_${this.movements.length + 1}`;
    const quantity = transfer.quantity * decimalScale;
    const row = { exchangeTransferId, instrumentId, quantity, createdAt: at, mayHaveMoved: true };
    this.movements.push({ transferId: transfer.transferId, row, at, quantity: transfer.quantity });
    if (fate === 'refused-and-done') return refusal;
    return fate === 'answered'
      ? { kind: 'accepted', exchangeTransferId }
      : { kind: 'unknown', code: 'reset' };
  }

  #arriveLate(): void {
    for (const { at, transfer } of this.#late.splice(0)) this.#carryOut(transfer, at, 'lost-after');
  }
}

/** What a killed process waits for. */
function forever(): Promise<never> {
  return new Promise(() => undefined);
}
