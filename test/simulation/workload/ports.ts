import { createExchangeClient } from '../../../shared/exchange/client.ts';
import { createInstrumentDirectory } from '../../../shared/exchange/instrument-directory.ts';
import { minimum } from '../../../shared/ledger/decimal.ts';
import type { Log } from '../../../shared/observability/log.ts';
import { type ControlMemory, createControlMemory } from '../../../shared/orders/control-memory.ts';
import { createRecovery } from '../../../shared/orders/recovery.ts';
import type { ExchangeHealth, WatchExchangePorts } from '../../../shared/orders/watch-exchange.ts';
import { newStageSettings } from '../../../shared/settings/settings.ts';
import { SigningKey } from '../../../shared/signing/signing-key.ts';
import type { ControlReading } from '../../../shared/store/control-items.ts';
import {
  createAuditMark,
  createBreaker,
  readBudget,
  readControl as readControlIn,
} from '../../../shared/store/control-store.ts';
import { createOrderStore } from '../../../shared/store/order-store.ts';
import { createRefusedChecksMemory } from '../../../shared/store/refused-checks.ts';
import { createReservationStore } from '../../../shared/store/reservation-store.ts';
import { createTopUpMemoryStore } from '../../../shared/store/top-up-memory.ts';
import { createTransferStore } from '../../../shared/store/transfer-store.ts';
import type { CheckBalancesPorts } from '../../../shared/top-up/check-balances.ts';
import type { ReservationStore } from '../../../shared/top-up/reservations/store-port.ts';
import type { TransferExchange } from '../../../shared/transfers/exchange-port.ts';
import { countShown } from '../exchange/holdings.ts';
import { SigningKeyMissingError } from '../exchange/key-missing.ts';
import { type NetworkTools, shownTime } from '../exchange/network.ts';
import { accessExchange, accessTransfers, readFrom } from '../exchange/port-access.ts';
import { createWire, pathPrefix } from '../exchange/wire.ts';
import { canary } from '../invariants/canary.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { SimulatedStore, StoreWatcher } from '../store/simulated-store.ts';
import { createTableClient } from '../store/table-client.ts';
import { limitsUnder } from '../world/limits-under.ts';
import type { World } from '../world/world.ts';
import { mayChangeSettings, mayStopWhileSending } from './surroundings.ts';

/** What the platform leaves over of an invocation's time, to record and answer. */
const marginMs = 3_000;
const dialect = {
  quantityEncoding: 'number',
  requestAutotransfer: false,
  balanceBasis: 'available',
  transferHistory: 'transfer-histories' as const,
} as const;
const signingKey = SigningKey.load(Buffer.alloc(32, 7).toString('base64'));

/** What all use cases together need. */
export type ServicePorts = CheckBalancesPorts &
  Omit<WatchExchangePorts, 'readControl'> & {
    readonly health: () => ExchangeHealth;
    readonly reservations: ReservationStore;
    readonly readControl: () => Promise<ControlReading>;
    readonly controlMemory: ControlMemory<ControlReading>;
  };

type ExchangePorts = Pick<ServicePorts, 'instrumentIdOf' | 'isMarketActive' | 'consumption' | 'trading'> & {
  readonly exchange: ServicePorts['exchange'] & TransferExchange;
};

/** Everything that the use cases need, as one invocation has it. */
export function portsFor(world: World, invocation: Invocation, timeoutMs: number, log: Log): ServicePorts {
  const { kernel, random, faults, exchange, scenario } = world;
  const { onPost, onArrival, onOutcome, onTransferPost, onTransferArrival } = world;
  const table = tableFor(world, invocation);
  const deadline = invocation.clock.now() + timeoutMs - marginMs;
  const tally = { answered: 0, refused: 0 };
  const network: NetworkTools = {
    kernel,
    random,
    faults,
    exchange,
    invocation,
    scenario,
    tally,
    deadline,
    onPost,
    onArrival,
    onOutcome,
    onTransferPost,
    onTransferArrival,
  };
  const access = scenario.overTheWire ? overTheWire(network) : byPort(network);
  const nonce = (): string => `nonce-${random.integer(0, 2 ** 47).toString(36)}`;
  const { clock, sandbox } = invocation;
  sandbox.controlMemory ??= createControlMemory({ now: () => kernel.now() + sandbox.skewMs });
  const readControl = async () => {
    const control = await readControlIn(table, scenario.limits);
    mayChangeSettings(world);
    return control;
  };
  return {
    store: createOrderStore({ ...table, ceiling: scenario.limits }),
    breaker: createBreaker(table),
    mark: createAuditMark(table),
    refusedChecks: createRefusedChecksMemory(table),
    readControl,
    controlMemory: sandbox.controlMemory,
    readTerms: async () => {
      const control = await readControl();
      return {
        control,
        inForce: (deployed) => {
          const limits = limitsUnder(deployed.limits, control.stored.settings ?? newStageSettings);
          return { ...deployed, limits, highestPrice: minimum(deployed.highestPrice, limits.maximumPrice) };
        },
      };
    },
    health: () => ({
      readsAnswered: tally.answered,
      readsRefused: tally.refused,
      clockOffsetMs: sandbox.clockSkew.observed,
    }),
    memories: createTopUpMemoryStore(table),
    clientOrderIdsAreShown: scenario.showsClientIds,
    foreignOrders: scenario.foreignOrders,
    recovery: createRecovery({
      readControl: () => readControlIn(table, scenario.limits),
      markets: scenario.instruments.map(({ limits }) => limits),
      nonce,
    }),
    decisions: { record: async () => undefined },
    reservations: createReservationStore(table),
    readBudget: (period) => readBudget(table, period),
    transfers: {
      store: createTransferStore({ ...table, ceiling: scenario.limits }),
      balanceLagMs: scenario.balanceLagSeconds * 1_000,
      exchange: access.exchange,
      clock,
      deadline,
      nonce,
      log,
    },
    clock,
    deadline,
    nonce,
    log,
    maximumRestMs: () => scenario.maximumRestMs,
    ...access,
  };
}

type Table = Parameters<typeof createBreaker>[0];

/** The table that functions use, as the store's own code reaches it. */
function tableFor(world: World, invocation: Invocation): Table {
  const { onBreaker, onFirstMemory, onReservationWrite } = world;
  const watcher: StoreWatcher = {
    onBreaker,
    onFirstMemory,
    onReservationWrite,
    onWrite: (write) => {
      world.onWrite(write, invocation);
      if (write.before === undefined) mayStopWhileSending(world);
    },
    onTransferWrite: (write) => {
      world.onTransferWrite(write, invocation);
      if (write.before === undefined) mayStopWhileSending(world);
    },
  };
  return openTable(world, invocation, world.store, watcher);
}

/** A table, through a network. */
export function openTable(
  { kernel, random, faults, outages }: World,
  invocation: Invocation,
  store: SimulatedStore,
  watcher: StoreWatcher,
): Table {
  return {
    client: createTableClient({ kernel, random, faults, outages, store, invocation, watcher }),
    tableName: 'grid-buyer',
    clock: invocation.clock,
    random: () => random.next(),
  };
}

/** Through the exchange's client itself, connected as the functions connect it. */
function overTheWire(network: NetworkTools): ExchangePorts {
  const { invocation, random, faults, deadline, onOutcome, scenario } = network;
  const { showsClientIds: showsClientOrderIds, balanceLagSeconds, foreignOrders } = scenario;
  const client = createExchangeClient(
    {
      endpoint: { url: new URL('https://exchange.invalid'), pathPrefix },
      transport: createWire(network),
      signingKey: async () => {
        if (random.chance(faults.keyMissing)) throw new SigningKeyMissingError(canary);
        invocation.sandbox.useKey(network.kernel.now());
        return signingKey;
      },
      onKeyRefused: () => invocation.sandbox.forgetKey(),
      tally: network.tally,
      clock: invocation.clock,
      random: () => random.next(),
      deadline,
      skew: invocation.sandbox.clockSkew,
    },
    { ...dialect, showsClientOrderIds, balanceLagSeconds, foreignOrders },
  );
  const directory = createInstrumentDirectory();
  return {
    exchange: {
      ...client,
      sendOrder: async (prepared) => {
        const outcome = await client.sendOrder(prepared);
        onOutcome(outcome);
        return outcome;
      },
    },
    instrumentIdOf: (instrument) => directory.instrumentIdOf(client, instrument),
    isMarketActive: async (marketId) => (await client.getMarket(marketId)).isActive,
    consumption: () => client.getConsumptionAccounts(),
    trading: async () =>
      (await client.getTradingAccounts()).map(({ instrumentId, available }) => ({
        instrumentId,
        units: available,
      })),
  };
}

/** Without the client: the exchange behind its port, several times as fast. */
function byPort(network: NetworkTools): ExchangePorts {
  const { exchange, faults, kernel, scenario } = network;
  const holdings = scenario.instruments.map(({ limits }) => ({
    instrumentId: limits.instrumentId ?? limits.symbol,
    held: exchange.market(limits.marketId).holdings,
  }));
  return {
    exchange: { ...accessExchange(network), ...accessTransfers(network) },
    instrumentIdOf: async ({ instrumentId, symbol }) => instrumentId ?? symbol,
    isMarketActive: (marketId) =>
      readFrom(network, 'exchange.market', () => exchange.market(marketId).suspendedUntil <= kernel.now()),
    consumption: () =>
      readFrom(network, 'exchange.consumption', () =>
        holdings.map(({ instrumentId, held }) => {
          const shown = held.asOf(shownTime(network, faults.balanceLagMs));
          const transferredIn = countShown(scenario.transferCount, shown);
          return { instrumentId, usable: shown.usable, total: shown.usable, transferredIn };
        }),
      ),
    trading: () =>
      readFrom(network, 'exchange.trading', () =>
        holdings.map(({ instrumentId, held }) => ({
          instrumentId,
          units: held.asOf(shownTime(network, faults.balanceLagMs)).inTrading,
        })),
      ),
  };
}
