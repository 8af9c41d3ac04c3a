import { type ControlState, stopReasonOf } from '../../shared/orders/control-port.ts';
import { StoreUnavailableError } from '../../shared/orders/store-port.ts';
import { isFinished } from '../../shared/transfers/life-cycle.ts';
import type {
  CreateTransferOutcome,
  TransferStore,
  UpdateTransferOutcome,
} from '../../shared/transfers/store-port.ts';
import type { Transfer } from '../../shared/transfers/transfer.ts';

type StoreCall = keyof TransferStore;

/** A transfer store in memory with the same promises as the real one, and faults on demand. */
export interface MemoryTransferStore extends TransferStore {
  readonly transfers: ReadonlyMap<string, Transfer>;
  /** What the administrator has set, and the breaker. */
  readonly control: { mode: ControlState['mode']; breaker: ControlState['breaker'] };
  /** The next call of this kind fails, before or after it took effect. */
  failNext(call: StoreCall, when: 'before' | 'after'): void;
  /** Puts a transfer there, as if it had always been. */
  seed(transfer: Transfer): void;
}

export function createMemoryTransferStore(
  control: MemoryTransferStore['control'] = { mode: 'LIVE', breaker: undefined },
): MemoryTransferStore {
  const transfers = new Map<string, Transfer>();
  const slots = new Map<string, string>();
  const owners = new Map<string, string>();
  const faults: { call: StoreCall; when: 'before' | 'after' }[] = [];

  async function attempt<T>(call: StoreCall, effect: () => T): Promise<T> {
    const index = faults.findIndex((fault) => fault.call === call);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault?.when === 'before') throw new StoreUnavailableError('injected-before');
    const result = effect();
    if (fault?.when === 'after') throw new StoreUnavailableError('injected-after');
    return result;
  }

  function write(after: Transfer): void {
    transfers.set(after.transferId, after);
    if (!isFinished(after)) slots.set(after.instrument, after.transferId);
    else if (slots.get(after.instrument) === after.transferId) slots.delete(after.instrument);
    if (after.exchangeTransferId !== undefined) owners.set(after.exchangeTransferId, after.transferId);
  }

  function create(transfer: Transfer): CreateTransferOutcome {
    if (transfers.has(transfer.transferId)) return { kind: 'exists' };
    const why = stopReasonOf(control);
    if (why !== undefined) return { kind: 'stopped', why };
    if (slots.has(transfer.instrument)) return { kind: 'slot-taken' };
    write(transfer);
    return { kind: 'created' };
  }

  function update(before: Transfer, after: Transfer): UpdateTransferOutcome {
    const stored = transfers.get(before.transferId);
    const isCurrent =
      stored?.version === before.version && stored.state === before.state && stored.nonce === before.nonce;
    if (!isCurrent) return 'stale';
    const isClaim = before.state === 'PENDING' && after.state === 'SUBMITTED';
    if (isClaim && stopReasonOf(control) !== undefined) return 'stopped';
    const owner = owners.get(after.exchangeTransferId ?? '') ?? after.transferId;
    if (owner !== after.transferId) return 'exchange-id-taken';
    write(after);
    return 'written';
  }

  return {
    transfers,
    control,
    failNext: (call, when) => faults.push({ call, when }),
    seed: write,
    create: (transfer) => attempt('create', () => create(transfer)),
    update: (before, after) => attempt('update', () => update(before, after)),
    unfinished: () => attempt('unfinished', () => [...transfers.values()].filter((one) => !isFinished(one))),
    ownerOf: (exchangeTransferId) => attempt('ownerOf', () => owners.get(exchangeTransferId)),
  };
}
