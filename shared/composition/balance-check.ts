import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { buyingLimitsOf, topUpOf } from '../configuration/buying-limits.ts';
import { type Environment, readBuyingSettings, readExchangeSettings } from '../configuration/environment.ts';
import { createExchangeClient, type ExchangeClient } from '../exchange/client.ts';
import { createInstrumentDirectory } from '../exchange/instrument-directory.ts';
import { emitPosts } from '../observability/exchange-metrics.ts';
import type { Log } from '../observability/log.ts';
import type { MetricSink } from '../observability/metric-sink.ts';
import { metricNames } from '../observability/names.ts';
import { emitOrderStep } from '../observability/order-metrics.ts';
import { createRecovery } from '../orders/recovery.ts';
import { systemClock } from '../time/system-clock.ts';
import {
  type BalanceCheck,
  type CheckBalancesPorts,
  checkBalances,
  type TermsInForce,
} from '../top-up/check-balances.ts';
import { memoize } from '../top-up/memoize.ts';
import type { Tick } from '../top-up/tick.ts';
import { createCheckReport } from './check-report.ts';
import { readCheckTerms } from './check-terms.ts';
import { deadlineOf } from './deadline.ts';
import { openExchange } from './exchange-access.ts';
import { openOrderTable } from './order-table.ts';
import { type Accounts, readAccounts } from './read-accounts.ts';
import { openBalanceWriter, openDecisionRecorder, openReservationsOfChecks } from './top-up-records.ts';

/** Where a check says what it does. */
export interface BalanceCheckTools {
  readonly log: Log;
  readonly emitMetric: MetricSink;
}

/** Checks the balances within the time that the invocation has left, and tells dashboards and alarms. */
export type RunBalanceCheck = (
  tick: Omit<Tick, 'stage'>,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<BalanceCheck>;

/**
 * Connects the balance check with its real surroundings, the same for whatever sets it off: the schedule, or a call that
 * asks for a check now.
 */
export async function openBalanceCheck(
  environment: Environment,
  { log, emitMetric }: BalanceCheckTools,
): Promise<RunBalanceCheck> {
  const { stage, instruments } = readBuyingSettings(environment);
  const { dialect } = readExchangeSettings(environment);
  const { balanceLagSeconds } = dialect;
  const toppedUp = instruments
    .map((instrument) => topUpOf(instrument, balanceLagSeconds))
    .filter((one) => one !== undefined);
  const markets = instruments.map(buyingLimitsOf);
  const directory = createInstrumentDirectory();
  const table = openOrderTable(environment, {
    onBreakerOpened: () => emitMetric(metricNames.breakerOpened, 1),
    onOrderStep: (before, after) => emitOrderStep(emitMetric, before, after),
  });
  const unfamiliar = new Set<string>();
  const decisions = openDecisionRecorder(environment);
  const reservations = openReservationsOfChecks(environment);
  const exchangeUntil = await openExchange(environment, createExchangeClient, {
    ...emitPosts(emitMetric),
    unfamiliar: (name) => unfamiliar.add(name),
  });
  const { keyStoredAt } = exchangeUntil;
  const balances = openBalanceWriter(environment);
  const report = createCheckReport({ table, balances, instruments, keyStoredAt, log, emitMetric });

  function portsFor(
    exchange: ExchangeClient,
    accounts: Accounts,
    readTerms: () => Promise<TermsInForce>,
    deadline: number,
  ): CheckBalancesPorts {
    const common = { exchange, clock: systemClock, deadline, nonce: randomUUID, log };
    return {
      ...common,
      store: table.store,
      breaker: table.breaker,
      mark: table.auditMark,
      memories: table.memories,
      transfers: {
        ...common,
        store: table.transferStore,
        balanceLagMs: balanceLagSeconds * 1_000,
      },
      clientOrderIdsAreShown: dialect.showsClientOrderIds,
      foreignOrders: dialect.foreignOrders,
      recovery: createRecovery({ readControl: table.readControl, markets, nonce: randomUUID }),
      decisions,
      reservations,
      readTerms,
      readBudget: table.readBudget,
      instrumentIdOf: (instrument) => directory.instrumentIdOf(exchange, instrument),
      maximumRestMs: restOf,
      isMarketActive: async (marketId) => (await exchange.getMarket(marketId)).isActive,
      consumption: accounts.consumption,
      trading: accounts.trading,
    };
  }

  /** An instrument that is not configured any more is treated like the most impatient one. */
  function restOf(symbol: string): number {
    const configured = instruments.find((instrument) => instrument.symbol === symbol);
    const shortest = Math.min(...instruments.map(({ maximumRestMinutes }) => maximumRestMinutes));
    return (configured?.maximumRestMinutes ?? shortest) * 60_000;
  }

  return async (tick, context) => {
    unfamiliar.clear();
    const deadline = deadlineOf(context);
    const exchange = exchangeUntil(deadline);
    const accounts = readAccounts(exchange, systemClock);
    const terms = memoize(() => readCheckTerms({ table, instruments, balanceLagSeconds }));
    const ports = portsFor(exchange, accounts, terms, deadline);
    const check = await checkBalances(ports, { stage, ...tick }, toppedUp);
    await report({ tick, check, ports, accounts, terms, exchangeHealth: exchange.health(), unfamiliar });
    return check;
  };
}
