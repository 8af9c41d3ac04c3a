import type { Log } from '../../../shared/observability/log.ts';
import type { CheckBalancesPorts } from '../../../shared/top-up/check-balances.ts';
import {
  accessExchange,
  type ExchangeAccessTools,
  readFrom,
  shownTime,
} from '../exchange/exchange-access.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { observeStore } from '../store/observed-store.ts';
import {
  accessAuditMark,
  accessBreaker,
  accessMemories,
  accessStore,
  type StoreAccessTools,
} from '../store/store-access.ts';
import type { World } from '../world/world.ts';
import type { PortChanges } from './port-changes.ts';

/** What the platform leaves over of an invocation's time, to record and answer. */
const marginMs = 3_000;

/** What all use cases together need. */
export type ServicePorts = CheckBalancesPorts;

/** Everything that the use cases need, as one invocation has it. */
export function portsFor(
  world: World,
  invocation: Invocation,
  timeoutMs: number,
  log: Log,
  change: PortChanges,
): ServicePorts {
  const { kernel, random, faults, outages, exchange, scenario } = world;
  const observed = observeStore(change.store(world.store), (write) => world.onWrite(write, invocation));
  const storeTools: StoreAccessTools = {
    kernel,
    random,
    faults,
    outages,
    store: observed,
    breaker: {
      open: async (reason, reference) => {
        world.onBreaker(reference);
        await world.store.breaker.open(reason, reference);
      },
      openOnce: async (reason, reference) => {
        world.onBreaker(reference);
        await world.store.breaker.openOnce(reason, reference);
      },
    },
    auditMark: world.auditMark,
    memories: world.memories,
    invocation,
  };
  const deadline = invocation.clock.now() + timeoutMs - marginMs;
  const { onPost, onArrival, onOutcome } = world;
  const tools: ExchangeAccessTools = {
    kernel,
    random,
    faults,
    exchange,
    invocation,
    incompleteListsShow: scenario.incompleteListsShow,
    deadline,
    onPost,
    onArrival,
    onOutcome,
  };
  return {
    store: accessStore(storeTools),
    breaker: accessBreaker(storeTools),
    mark: accessAuditMark(storeTools),
    memories: accessMemories(storeTools),
    clientOrderIdsAreShown: true,
    foreignOrders: 'stop',
    balanceLagMs: 45_000,
    exchange: change.exchange(accessExchange(tools)),
    clock: invocation.clock,
    deadline,
    nonce: () => `nonce-${random.integer(0, 2 ** 47).toString(36)}`,
    log,
    instrumentIdOf: async ({ instrumentId, symbol }) => instrumentId ?? symbol,
    maximumRestMs: () => scenario.maximumRestMs,
    isMarketActive: (marketId) =>
      readFrom(tools, 'exchange.market', () => exchange.market(marketId).suspendedUntil <= kernel.now()),
    consumption: () =>
      readFrom(tools, 'exchange.consumption', () =>
        holdingsOf(world).map(({ instrumentId, holdings }) => {
          const units = holdings.asOf(shownTime(tools, faults.balanceLagMs)).usable;
          return { instrumentId, usable: units, total: units, transferredIn: undefined };
        }),
      ),
    trading: () =>
      readFrom(tools, 'exchange.trading', () =>
        holdingsOf(world).map(({ instrumentId, holdings }) => ({
          instrumentId,
          units: holdings.asOf(shownTime(tools, faults.balanceLagMs)).inTrading,
        })),
      ),
  };
}

function holdingsOf({ scenario, exchange }: World): readonly {
  readonly instrumentId: string;
  readonly holdings: ReturnType<World['exchange']['market']>['holdings'];
}[] {
  return scenario.instruments.map(({ limits }) => ({
    instrumentId: limits.instrumentId ?? limits.symbol,
    holdings: exchange.market(limits.marketId).holdings,
  }));
}
