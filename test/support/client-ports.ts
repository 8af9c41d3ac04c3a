import type { ExchangeClient } from '../../shared/exchange/client.ts';
import type { CheckBalancesPorts } from '../../shared/top-up/check-balances.ts';
import { memoryMark } from './memory-audit-mark.ts';
import type { MemoryOrderStore } from './memory-order-store.ts';
import { createMemoryTopUpMemories } from './memory-top-up-memories.ts';
import { createMemoryTransferStore } from './memory-transfer-store.ts';
import { noRecovery } from './no-recovery.ts';
import type { RecordedLog } from './recorded-log.ts';
import { testEpoch, type VirtualClock } from './virtual-clock.ts';

/** What a balance check over the real exchange client is made of. */
export interface ClientPortsTools {
  readonly client: ExchangeClient;
  readonly store: MemoryOrderStore;
  readonly clock: VirtualClock;
  readonly log: RecordedLog;
  /** The exchange's id of the only instrument there is. */
  readonly instrumentId: string;
}

/** Connects a balance check with the real exchange client as the deployed function does, and the rest with fakes. */
export function clientPorts(tools: ClientPortsTools): CheckBalancesPorts {
  const { client, store, clock, log, instrumentId } = tools;
  const common = { exchange: client, clock, deadline: testEpoch + 60_000, nonce: () => 'nonce', log };
  return {
    ...common,
    store,
    transfers: { ...common, store: createMemoryTransferStore(), balanceLagMs: 45_000 },
    breaker: store.breaker,
    mark: memoryMark(),
    memories: createMemoryTopUpMemories(),
    clientOrderIdsAreShown: true,
    foreignOrders: 'count',
    recovery: noRecovery,
    decisions: { record: async () => undefined },
    reservations: { openOf: async () => [], update: async () => 'written' },
    readTerms: async () => ({ control: { ...store.control }, inForce: (deployed) => deployed }),
    readBudget: async (period) => store.budgets.get(period),
    maximumRestMs: () => 900_000,
    instrumentIdOf: async () => instrumentId,
    isMarketActive: async (marketId) => (await client.getMarket(marketId)).isActive,
    consumption: () => client.getConsumptionAccounts(),
    trading: async () =>
      (await client.getTradingAccounts()).map(({ available, ...account }) => ({
        ...account,
        units: available,
      })),
  };
}
