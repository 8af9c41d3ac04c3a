import type { AuditMark } from '../../../shared/orders/audit-orders.ts';
import type { Breaker } from '../../../shared/orders/control-port.ts';
import { type OrderStore, StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import type { TopUpMemoryStore } from '../../../shared/top-up/memory-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { StoreOutages } from './store-outages.ts';

/** What an invocation's way to the store needs. */
export interface StoreAccessTools {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly outages: StoreOutages;
  readonly store: OrderStore;
  readonly breaker: Breaker;
  readonly auditMark: AuditMark;
  readonly memories: TopUpMemoryStore;
  readonly invocation: Invocation;
}

/** The store as one invocation reaches it. A call can fail without effect, or take effect and lose its answer. */
export function accessStore(tools: StoreAccessTools): OrderStore {
  const { store } = tools;
  return {
    create: (order) => reach(tools, 'store.create', () => store.create(order)),
    update: (before, after) => reach(tools, 'store.update', () => store.update(before, after)),
    get: (orderId) => reach(tools, 'store.get', () => store.get(orderId)),
    ownerOf: (exchangeOrderId) => reach(tools, 'store.ownerOf', () => store.ownerOf(exchangeOrderId)),
    fillTotals: (instrument) => reach(tools, 'store.fillTotals', () => store.fillTotals(instrument)),
    history: (orderId) => reach(tools, 'store.history', () => store.history(orderId)),
    unfinished: (limit) => reach(tools, 'store.unfinished', () => store.unfinished(limit)),
    list: (query) => reach(tools, 'store.list', () => store.list(query)),
  };
}

/** The breaker is an item of the same table and fails like it. */
export function accessBreaker(tools: StoreAccessTools): Breaker {
  return {
    open: (reason, reference) => reach(tools, 'breaker.open', () => tools.breaker.open(reason, reference)),
    openOnce: (reason, reference) =>
      reach(tools, 'breaker.openOnce', () => tools.breaker.openOnce(reason, reference)),
  };
}

/** So are the memories of balance checks. */
export function accessMemories(tools: StoreAccessTools): TopUpMemoryStore {
  const { memories } = tools;
  return {
    read: (instrument) => reach(tools, 'memory.read', () => memories.read(instrument)),
    write: (instrument, memory, previousVersion) =>
      reach(tools, 'memory.write', () => memories.write(instrument, memory, previousVersion)),
  };
}

/** So is the mark of the audit. */
export function accessAuditMark(tools: StoreAccessTools): AuditMark {
  return {
    read: () => reach(tools, 'audit.read', () => tools.auditMark.read()),
    write: (progress) => reach(tools, 'audit.write', () => tools.auditMark.write(progress)),
  };
}

function reach<T>(tools: StoreAccessTools, name: string, work: () => Promise<T>): Promise<T> {
  const { invocation, kernel, random, faults, outages } = tools;
  const slowMs = random.chance(faults.storeIsSlow) ? random.integer(500, 12_000) : 0;
  return invocation.call({
    name,
    requestMs: random.integer(1, 15) + slowMs,
    responseMs: random.integer(1, 15),
    perform: async () => {
      const isDown = kernel.now() < outages.until || random.chance(faults.storeFailsBefore);
      if (isDown) throw new StoreUnavailableError('no-effect');
      const answer = await work();
      if (random.chance(faults.storeFailsAfter)) throw new StoreUnavailableError('answer-lost');
      return answer;
    },
  });
}
