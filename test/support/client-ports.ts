import type { ExchangeClient } from '../../shared/exchange/client.ts';
import type { CheckBalancesPorts } from '../../shared/top-up/check-balances.ts';
import type { MemoryOrderStore } from './memory-order-store.ts';
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
  return {
    store,
    breaker: store.breaker,
    exchange: client,
    clock,
    deadline: testEpoch + 60_000,
    nonce: () => 'nonce',
    log,
    maximumRestMs: () => 900_000,
    instrumentIdOf: async () => instrumentId,
    isMarketActive: async (marketId) => (await client.getMarket(marketId)).isActive,
    usableUnits: async () =>
      (await client.getConsumptionAccounts()).map(({ usable, ...account }) => ({
        ...account,
        units: usable,
      })),
    unitsInTrading: async () =>
      (await client.getTradingAccounts()).map(({ available, ...account }) => ({
        ...account,
        units: available,
      })),
  };
}
