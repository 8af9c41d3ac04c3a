import type { Log } from '../../../shared/observability/log.ts';
import type { AuditMark } from '../../../shared/orders/audit-orders.ts';
import { createAuditMark, createBreaker } from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import type { CheckBalancesPorts } from '../../../shared/top-up/check-balances.ts';
import {
  accessExchange,
  type ExchangeAccessTools,
  readFrom,
  shownTime,
} from '../exchange/exchange-access.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { StoreWatcher } from '../store/simulated-store.ts';
import { createTableClient } from '../store/table-client.ts';
import type { World } from '../world/world.ts';
import { mayStopWhileSending } from './surroundings.ts';

/** What the platform leaves over of an invocation's time, to record and answer. */
const marginMs = 3_000;

/** What all use cases together need. */
export type ServicePorts = CheckBalancesPorts;

/** Everything that the use cases need, as one invocation has it. */
export function portsFor(world: World, invocation: Invocation, timeoutMs: number, log: Log): ServicePorts {
  const { kernel, random, faults, exchange, scenario } = world;
  const table = tableFor(world, invocation);
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
    store: createOrderStore({ ...table, ceiling: scenario.limits }),
    breaker: createBreaker(table),
    mark: createAuditMark(table),
    exchange: accessExchange(tools),
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

/** The table as the store's own code reaches it. */
function tableFor(world: World, invocation: Invocation): Parameters<typeof createBreaker>[0] {
  const { kernel, random, faults, outages, store, onBreaker } = world;
  const watcher: StoreWatcher = {
    onBreaker,
    onWrite: (write) => {
      world.onWrite(write, invocation);
      if (write.before === undefined) mayStopWhileSending(world);
    },
  };
  return {
    client: createTableClient({ kernel, random, faults, outages, store, invocation, watcher }),
    tableName: 'grid-buyer',
    clock: invocation.clock,
    random: () => random.next(),
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
