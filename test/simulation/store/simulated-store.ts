import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Budget, SpendingLimits } from '../../../shared/ledger/budget.ts';
import { type StopReason, stopReasonOf } from '../../../shared/orders/control-port.ts';
import type { Order } from '../../../shared/orders/order.ts';
import { newStageSettings, type Settings } from '../../../shared/settings/settings.ts';
import { budgetFromItem } from '../../../shared/store/budget-items.ts';
import { breakerKey, breakerToItem, controlStateOf } from '../../../shared/store/control-items.ts';
import { holderIn } from '../../../shared/store/held-items.ts';
import { itemKey } from '../../../shared/store/item.ts';
import { orderFromItem } from '../../../shared/store/order-item.ts';
import { reservationFromItem } from '../../../shared/store/reservation-item.ts';
import { settingsFromItem, settingsKey, settingsToItem } from '../../../shared/store/settings-items.ts';
import { tableShape } from '../../../shared/store/table-shape.ts';
import { transferFromItem } from '../../../shared/store/transfer-item.ts';
import type { Reservation } from '../../../shared/top-up/reservations/reservation.ts';
import type { Transfer } from '../../../shared/transfers/transfer.ts';
import type { Item } from './expression.ts';
import { type CommandResult, type ItemChange, SimulatedTable } from './simulated-table.ts';

/** A version of a record that was written. */
export interface StoreWrite {
  readonly before: Order | undefined;
  readonly after: Order;
}

/** A version of a transfer's record that was written. */
export interface TransferWrite {
  readonly before: Transfer | undefined;
  readonly after: Transfer;
}

/** A version of a reservation that was written. */
export interface ReservationWrite {
  readonly before: Reservation | undefined;
  readonly after: Reservation;
}

/** Is told what the code under test does to the table, at the moment that it does it. */
export interface StoreWatcher {
  readonly onWrite: (write: StoreWrite) => void;
  readonly onTransferWrite: (write: TransferWrite) => void;
  readonly onReservationWrite: (write: ReservationWrite) => void;
  /** The breaker was opened because of this, or was open already. */
  readonly onBreaker: (reference: string, wasOpen: boolean) => void;
  /** Balance checks of this instrument have begun to remember. */
  readonly onFirstMemory: (instrument: string) => void;
}

/** All items of a table at a moment, by key. */
export type TableCopy = ReadonlyMap<string, Item>;

const { partitionKey, sortKey } = tableShape;
const recordSort = 'v0';

/** The table of the stage, what an administrator does with it, and what is in it, for the rules to look at. */
export class SimulatedStore {
  readonly limits: SpendingLimits;
  readonly #table: SimulatedTable;
  readonly #orders = new Map<string, Order>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #reservations = new Map<string, Reservation>();
  readonly #budgets = new Map<string, Budget>();
  /** Items that say where a reservation is. */
  reservationPlaces = 0;
  /** Whether the table is gone: what was sent there and comes later finds nothing. */
  isLost = false;
  #stopReason: StopReason | undefined;
  /** The version of the table at which the reason was right. */
  #stopReasonAt = -1;

  /** @param items of a copy, without transfers and reservations */
  constructor(limits: SpendingLimits, items?: TableCopy) {
    this.limits = limits;
    this.#table = new SimulatedTable(items);
    for (const item of items?.values() ?? []) this.#note(item);
  }

  /** As a backup has it. */
  copy(): TableCopy {
    return this.#table.copy();
  }

  get orders(): ReadonlyMap<string, Order> {
    return this.#orders;
  }

  get transfers(): ReadonlyMap<string, Transfer> {
    return this.#transfers;
  }

  /** Whether another transfer of an instrument would be refused because of one that is not finished. */
  isTransferSlotTaken(instrument: string): boolean {
    return holderIn(this.#table.get(itemKey(`SLOT#${instrument}#transfer`))) !== undefined;
  }

  get reservations(): ReadonlyMap<string, Reservation> {
    return this.#reservations;
  }

  /** By period: `2026-11-23`, `2026-11`. */
  get budgets(): ReadonlyMap<string, Budget> {
    return this.#budgets;
  }

  get isBreakerOpen(): boolean {
    return this.#table.get(breakerKey) !== undefined;
  }

  /** Why nothing is bought; undefined while buying is allowed. */
  get stopReason(): StopReason | undefined {
    if (this.#stopReasonAt !== this.#table.version) {
      this.#stopReasonAt = this.#table.version;
      const [settings, breaker] = [this.#table.get(settingsKey), this.#table.get(breakerKey)];
      this.#stopReason = stopReasonOf(controlStateOf(settings, breaker, this.limits));
    }
    return this.#stopReason;
  }

  /** Since when the stage answers for what happens on the account; undefined before its first audit. ms */
  get auditBeganAt(): number | undefined {
    const began = this.#table.get(itemKey('AUDIT'))?.['beganAt']?.N;
    return began === undefined ? undefined : Number(began);
  }

  /** What an administrator has set. */
  get settings(): Settings {
    return settingsFromItem(this.#table.get(settingsKey)).settings ?? newStageSettings;
  }

  /** As an administrator does it; what is not said stays as it is. */
  set(changes: Partial<Settings>): void {
    const { version } = settingsFromItem(this.#table.get(settingsKey));
    const settings = { ...this.settings, ...changes };
    this.#table.put({ ...settingsKey, ...settingsToItem(settings, version + 1) });
  }

  /** As `POST /stop` does it. */
  openBreaker(now: number): void {
    if (!this.isBreakerOpen) this.#table.put(breakerToItem('stop-requested', '', now));
  }

  closeBreaker(): void {
    this.#table.delete(breakerKey);
  }

  /**
   * Carries out a command of the code under test.
   *
   * @throws TransactionCanceledException if a condition of a transaction does not hold
   */
  execute(command: unknown, watcher: StoreWatcher): CommandResult['output'] {
    const alarm = alarmIn(command);
    const wasOpen = this.isBreakerOpen;
    if (alarm?.isRaisedOnce === false) watcher.onBreaker(alarm.reference, wasOpen);
    const { output, changes } = this.#table.execute(command);
    if (alarm?.isRaisedOnce === true) watcher.onBreaker(alarm.reference, wasOpen);
    for (const change of changes) this.#follow(change, watcher);
    const begun = changes.find((change) => change.before === undefined && kindOf(change.after) === 'TOPUP');
    if (begun !== undefined) watcher.onFirstMemory(nameIn(begun.after));
    return output;
  }

  /** Notes what an item of a copy holds. */
  #note(item: Item): void {
    if (item[sortKey]?.S !== recordSort) return;
    const [kind, name] = [kindOf(item), nameIn(item)];
    if (kind === 'BUDGET') this.#budgets.set(name, budgetIn(item));
    if (kind === 'ORDER') this.#orders.set(name, orderFromItem(item));
  }

  #follow({ before, after }: ItemChange, watcher: StoreWatcher): void {
    if (after === undefined) return;
    const [kind, name] = [kindOf(after), nameIn(after)];
    if (kind === 'RESERVATIONS') {
      const reservation = reservationFromItem(after);
      const { reservationId } = reservation;
      watcher.onReservationWrite(replaceIn(this.#reservations, reservationId, before, reservation));
    }
    if (after[sortKey]?.S !== recordSort) return;
    if (kind === 'RESERVATION') this.reservationPlaces += before === undefined ? 1 : 0;
    if (kind === 'BUDGET') this.#budgets.set(name, budgetIn(after));
    if (kind === 'ORDER') watcher.onWrite(replaceIn(this.#orders, name, before, orderFromItem(after)));
    if (kind === 'TRANSFER') {
      watcher.onTransferWrite(replaceIn(this.#transfers, name, before, transferFromItem(after)));
    }
  }
}

/** Notes the record that an item holds, and tells which one it replaces. */
function replaceIn<Row>(
  records: Map<string, Row>,
  name: string,
  item: Item | undefined,
  after: Row,
): { readonly before: Row | undefined; readonly after: Row } {
  const before = item === undefined ? undefined : records.get(name);
  records.set(name, after);
  return { before, after };
}

/** An item's key is its kind and its name. */
function kindOf(item: Item | undefined): string | undefined {
  return item?.[partitionKey]?.S?.split('#', 1)[0];
}

function nameIn(item: Item | undefined): string {
  return item?.[partitionKey]?.S?.split('#', 2)[1] ?? '';
}

/** What opens the breaker, if anything in a command does. What is raised only once waits while it is open. */
function alarmIn(command: unknown): { reference: string; isRaisedOnce: boolean } | undefined {
  const writes = command instanceof TransactWriteItemsCommand ? (command.input.TransactItems ?? []) : [];
  const items = writes.map(({ Put }) => Put?.Item);
  const breaker = items.find((item) => item?.[partitionKey]?.S === breakerKey[partitionKey]?.S);
  if (breaker === undefined) return undefined;
  return { reference: breaker['reference']?.S ?? '', isRaisedOnce: writes.length > 1 };
}

function budgetIn(item: Item): Budget {
  const budget = budgetFromItem({ ...item });
  if (budget === undefined) throw new Error('A budget is not what it should be.');
  return budget;
}
