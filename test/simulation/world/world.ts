import type { PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import { Exchange } from '../exchange/exchange.ts';
import type { OrderRequest } from '../exchange/exchange-order.ts';
import type { TransferRequest } from '../exchange/transfer-desk.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { invariants } from '../invariants/all.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { Journal } from '../kernel/journal.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import {
  type ReservationWrite,
  SimulatedStore,
  type StoreWrite,
  type TableCopy,
  type TransferWrite,
} from '../store/simulated-store.ts';
import type { StoreOutages } from '../store/store-outages.ts';
import { type Facts, isAdoption, isLateSighting, overrunOf } from './facts.ts';
import type { Scenario } from './scenario.ts';
import { noStatistics, type Statistics } from './statistics.ts';

/** A rule that did not hold. */
export interface Violation {
  /** `I1` to `I14`, or `crash`. */
  readonly invariant: string;
  readonly sentence: string;
  readonly finding: string;
  /** ms since the epoch. */
  readonly at: number;
}

/** The table as a restore gives it back, and what its books had in them then. */
export interface Backup {
  readonly items: TableCopy;
  /** ms since the epoch. */
  readonly takenAt: number;
  /** What orders had taken beyond what they held, by order id. */
  readonly overruns: ReadonlyMap<string, bigint>;
}

/** One simulated world: the parts, what truly happened in it, and the first rule that was broken. */
export class World {
  readonly scenario: Scenario;
  /** The scenario's, until healing takes them away. */
  readonly faults: FaultPlan;
  readonly random: Random;
  readonly kernel: Kernel;
  readonly journal: Journal;
  /** The table that functions use. */
  store: SimulatedStore;
  readonly outages: StoreOutages = { until: 0 };
  readonly exchange: Exchange;
  readonly facts: Facts = {
    records: new Map(),
    transfers: new Map(),
    reservationsCancelled: new Map(),
    breakerReferences: new Set(),
    boughtBeforeMemory: new Map(),
    stoppedSince: undefined,
    restore: 'none',
    lostAt: Number.POSITIVE_INFINITY,
    lastCheck: undefined,
    isSettling: false,
    wasEverLive: false,
  };
  readonly statistics: Statistics = noStatistics();
  violation: Violation | undefined;
  /** Is told of the next new record, and of no other. */
  onNextRecord: (() => void) | undefined;
  #storeChanges = 0;
  #checkedChanges = -1;

  constructor(scenario: Scenario, random: Random, keepsTrace: boolean) {
    this.scenario = scenario;
    this.faults = { ...scenario.faults };
    this.random = random;
    this.kernel = new Kernel(scenario.startsAt);
    this.journal = new Journal(() => this.kernel.now(), keepsTrace);
    this.store = new SimulatedStore(scenario.limits);
    this.store.set({ mode: scenario.mode });
    this.exchange = new Exchange({
      kernel: this.kernel,
      journal: this.journal,
      random,
      faults: this.faults,
      deduplication: scenario.deduplication,
      showsClientIds: scenario.showsClientIds,
      oldOrders: scenario.oldOrders,
      feeBasisPoints: scenario.exchangeFeeBasisPoints,
      funds: scenario.funds,
      unitsStayInTrading: scenario.unitsStayInTrading,
      markets: new Map(
        scenario.instruments.map(({ limits }, index) => [
          limits.marketId,
          BigInt(scenario.startingUnits[index] ?? 0) * 100_000_000n,
        ]),
      ),
    });
  }

  /** A write took effect. */
  readonly onWrite = (write: StoreWrite, by: Invocation): void => {
    const { before, after } = write;
    const { orderId } = after;
    this.#storeChanges += 1;
    this.journal.write(
      'written',
      `${orderId} ${before?.state ?? 'none'} -> ${after.state} v${after.version}`,
    );
    if (before === undefined) {
      this.#noteRecord(write, by);
      const tell = this.onNextRecord;
      this.onNextRecord = undefined;
      tell?.();
    }
    if (after.state === 'ABANDONED' && before?.state !== 'ABANDONED') this.statistics.abandoned += 1;
    const facts = this.facts.records.get(orderId);
    const isConfirmedRefusal = before?.state === 'REJECTED' && after.state === 'REJECTED' && after.confirmed;
    if (facts !== undefined && isConfirmedRefusal) facts.wasReleasedUnseen = true;
    if (facts !== undefined && isLateSighting(write)) {
      this.statistics.lateSightings += 1;
      facts.lateSightings += 1;
    }
    const overrun = overrunOf(write);
    if (facts !== undefined && overrun > 0n) {
      this.statistics.overruns += 1;
      facts.overrun += overrun;
    }
    for (const invariant of invariants) this.hold(invariant, invariant.atWrite?.(this, write));
  };

  /** A write of a transfer took effect. */
  readonly onTransferWrite = (write: TransferWrite, by: Invocation): void => {
    const { before, after } = write;
    const { transferId, state, version } = after;
    this.journal.write('written', `${transferId} ${before?.state ?? 'none'} -> ${state} v${version}`);
    if (before === undefined)
      this.facts.transfers.set(transferId, { first: after, recordedBy: by, posts: 0 });
    if (state === 'ABANDONED' && before?.state !== 'ABANDONED') this.statistics.transfersAbandoned += 1;
    for (const invariant of invariants) this.hold(invariant, invariant.atTransferWrite?.(this, write));
  };

  /** A write of a reservation took effect. */
  readonly onReservationWrite = (write: ReservationWrite): void => {
    const { before, after } = write;
    const { reservationId, outcome, version } = after;
    this.#storeChanges += 1;
    this.journal.write('written', `${reservationId} ${before?.outcome ?? 'none'} -> ${outcome} v${version}`);
    if (before === undefined) this.statistics.reservations += 1;
    if (outcome === 'cancelled') this.facts.reservationsCancelled.set(reservationId, this.kernel.now());
    for (const invariant of invariants) this.hold(invariant, invariant.atReservationWrite?.(this, write));
  };

  /** A request with a transfer left. */
  readonly onTransferPost = (transferId: string): void => {
    this.statistics.transferPosts += 1;
    const facts = this.facts.transfers.get(transferId);
    if (facts !== undefined) facts.posts += 1;
    for (const invariant of invariants) this.hold(invariant, invariant.atTransferPost?.(this, transferId));
  };

  /** A request with a transfer arrived. */
  readonly onTransferArrival = (request: TransferRequest): void => {
    for (const invariant of invariants) this.hold(invariant, invariant.atTransferArrival?.(this, request));
  };

  /** A request with an order left. */
  readonly onPost = (order: OrderRequest): void => {
    this.statistics.posts += 1;
    const facts = this.facts.records.get(order.clientOrderId);
    if (facts !== undefined) {
      facts.posts += 1;
      this.statistics.sentAgain += facts.forgottenPosts > 0 ? 1 : 0;
    }
    for (const invariant of invariants) this.hold(invariant, invariant.atPost?.(this, order));
  };

  /** A request with an order arrived. */
  readonly onArrival = (order: OrderRequest): void => {
    for (const invariant of invariants) this.hold(invariant, invariant.atArrival?.(this, order));
  };

  /** What came of sending an order, as the code under test is told. */
  readonly onOutcome = (outcome: PlacementOutcome): void => {
    if (outcome.kind === 'unknown') this.statistics.unknownOutcomes += 1;
    if (outcome.kind === 'refused') this.statistics.refusedOutcomes += 1;
  };

  /** Balance checks of this instrument have begun to remember. */
  readonly onFirstMemory = (instrument: string): void => {
    const ofInstrument = this.scenario.instruments.find(({ limits }) => limits.symbol === instrument);
    const isBought = this.exchange.orders.some(
      ({ terms, filled }) => terms.marketId === ofInstrument?.limits.marketId && filled > 0n,
    );
    if (isBought) this.facts.boughtBeforeMemory.set(instrument, this.kernel.now());
  };

  /** The breaker was opened, or was open. */
  readonly onBreaker = (reference: string, wasOpen: boolean): void => {
    if (!wasOpen) this.statistics.breakerOpenings += 1;
    for (const word of reference.split(' ')) this.facts.breakerReferences.add(word);
  };

  /** Called after every event. Says whether the run is over because a rule was broken. */
  readonly afterEvent = (): boolean => {
    this.#followControl();
    const changes = this.#storeChanges + this.exchange.changes;
    if (changes !== this.#checkedChanges) {
      this.#checkedChanges = changes;
      for (const invariant of invariants) this.hold(invariant, invariant.afterEvent?.(this));
    }
    return this.violation !== undefined;
  };

  /** After healing, when everything has had time to settle. */
  checkConvergence(): void {
    for (const invariant of invariants) this.hold(invariant, invariant.afterHealing?.(this));
  }

  /** Notes a finding; only the first counts, for what follows may be its consequence. */
  hold(rule: { readonly number: string; readonly sentence: string }, finding: string | undefined): void {
    if (finding === undefined || this.violation !== undefined) return;
    this.violation = { invariant: rule.number, sentence: rule.sentence, finding, at: this.kernel.now() };
    this.journal.write('VIOLATION', `${rule.number}: ${finding}`);
  }

  /** The table is gone, and what was in it is known here only. */
  loseTable(): void {
    const { facts, store, kernel } = this;
    store.isLost = true;
    Object.assign(facts, { restore: 'no-table', lostAt: kernel.now() });
    for (const [orderId, lost] of store.orders) {
      const known = facts.records.get(orderId);
      if (known !== undefined) known.lost = lost;
    }
    this.journal.write('store.lost');
  }

  takeBackup(): Backup {
    const { facts, store, kernel } = this;
    this.journal.write('store.backup');
    const overruns = new Map([...facts.records].map(([orderId, { overrun }]) => [orderId, overrun]));
    return { items: store.copy(), takenAt: kernel.now(), overruns };
  }

  /** Functions use a table that was made of a backup from now on. */
  useRestored(store: SimulatedStore, { overruns }: Backup): void {
    this.store = store;
    this.#storeChanges += 1;
    this.facts.restore = 'recovering';
    this.statistics.restores += 1;
    // What orders have taken since beyond what they held is not in these books, and is taken once more.
    for (const [orderId, known] of this.facts.records) known.overrun = overruns.get(orderId) ?? 0n;
    this.journal.write('store.restored');
  }

  #noteRecord(write: StoreWrite, by: Invocation): void {
    const { facts, statistics, kernel } = this;
    const { after } = write;
    const known = facts.records.get(after.orderId);
    if (known !== undefined && isAdoption(this, write)) {
      statistics.adopted += 1;
      known.isAdopted = true;
      return;
    }
    statistics.records += 1;
    facts.records.set(after.orderId, {
      first: after,
      recordedAt: kernel.now(),
      recordedBy: by,
      posts: 0,
      forgottenPosts: (known?.posts ?? 0) + (known?.forgottenPosts ?? 0),
      wasReleasedUnseen: false,
      lateSightings: 0,
      overrun: 0n,
      lost: undefined,
      isAdopted: false,
    });
  }

  #followControl(): void {
    const { facts, store } = this;
    if (store.stopReason === undefined) {
      facts.stoppedSince = undefined;
      facts.wasEverLive = true;
    } else facts.stoppedSince ??= this.kernel.now();
  }
}
