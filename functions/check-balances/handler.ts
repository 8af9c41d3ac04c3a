import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { deadlineOf, lambdaEndsIt } from '../../shared/composition/deadline.ts';
import { openExchange } from '../../shared/composition/exchange-access.ts';
import { openOrderTable } from '../../shared/composition/order-table.ts';
import { buyingLimitsOf, topUpOf } from '../../shared/configuration/buying-limits.ts';
import { readBuyingSettings, readExchangeSettings } from '../../shared/configuration/environment.ts';
import type { ExchangeClient } from '../../shared/exchange/client.ts';
import { createInstrumentDirectory } from '../../shared/exchange/instrument-directory.ts';
import { formatDecimal } from '../../shared/ledger/decimal.ts';
import { emitCheckMetrics, emitUnitsInTrading } from '../../shared/observability/check-metrics.ts';
import { emitHealthMetrics } from '../../shared/observability/health-metrics.ts';
import { metricNames } from '../../shared/observability/names.ts';
import { createLog, createMetricSink } from '../../shared/observability/powertools.ts';
import { readStageHealth } from '../../shared/orders/stage-health.ts';
import { type ExchangeHealth, watchExchange } from '../../shared/orders/watch-exchange.ts';
import { systemClock } from '../../shared/time/system-clock.ts';
import {
  type BalanceCheck,
  type CheckBalancesPorts,
  checkBalances,
} from '../../shared/top-up/check-balances.ts';
import { memoize } from '../../shared/top-up/memoize.ts';
import { reportWaitingUnits } from '../../shared/transfers/report-waiting-units.ts';

const tickSchema = v.object({
  scheduleArn: v.pipe(v.string(), v.minLength(1)),
  scheduledTime: v.pipe(v.string(), v.isoTimestamp()),
});

const log = createLog();
const emitMetric = createMetricSink(process.env);
const { stage, instruments } = readBuyingSettings(process.env);
const toppedUp = instruments.map(topUpOf).filter((one) => one !== undefined);
const directory = createInstrumentDirectory();
const table = openOrderTable(process.env, () => emitMetric(metricNames.breakerOpened, 1));
const { store, breaker, auditMark, memories, transferStore, waitingMark, refusedChecks, readControl } = table;
const { dialect } = readExchangeSettings(process.env);
const exchangeUntil = await openExchange(process.env);

/** One firing of the schedule: settles open orders, reads balances, tops up. */
export const handler = middy<unknown, object>(undefined, lambdaEndsIt).handler(
  async (event, context: Context) => {
    const tick = v.parse(tickSchema, event);
    const deadline = deadlineOf(context);
    const exchange = exchangeUntil(deadline);
    const ports = portsFor(exchange, deadline);
    const check = await checkBalances(ports, { stage, ...tick }, toppedUp);
    emitCheckMetrics(emitMetric, check);
    await reportInTrading(ports);
    await watch(exchange.health(), tick.scheduledTime);
    // Last, so that it shows what the check has done.
    await reportHealth();
    return summary(check);
  },
);

/** A check that cannot be counted is not counted; the next one is. */
async function watch(health: ExchangeHealth, scheduledTime: string): Promise<void> {
  const { clockOffsetMs } = health;
  if (clockOffsetMs !== undefined) emitMetric(metricNames.clockSkew, Math.abs(clockOffsetMs));
  try {
    await watchExchange({ refusedChecks, breaker, readControl, log }, health, scheduledTime);
  } catch (error) {
    log.error('exchange-watch-failed', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** What cannot be read now is reported by the next run; alarms keep their state until then. */
async function reportHealth(): Promise<void> {
  try {
    emitHealthMetrics(emitMetric, await readStageHealth({ ...table, clock: systemClock }));
  } catch (error) {
    log.error('health-not-read', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Also of instruments that are bought through the API only. */
async function reportInTrading({ instrumentIdOf, trading }: CheckBalancesPorts): Promise<void> {
  const reported = instruments.map((instrument) => ({
    instrument: instrument.symbol,
    moveFromTrading: instrument.moveFromTrading,
    unitsInTrading: async () => {
      const instrumentId = await instrumentIdOf(buyingLimitsOf(instrument));
      const accounts = (await trading()).filter((account) => account.instrumentId === instrumentId);
      return accounts.reduce((sum, { units }) => sum + units, 0n);
    },
  }));
  const found = await reportWaitingUnits({ mark: waitingMark, clock: systemClock, log }, reported);
  for (const one of found) emitUnitsInTrading(emitMetric, one);
}

/** An instrument that is not configured any more is treated like the most impatient one. */
function restOf(symbol: string): number {
  const configured = instruments.find((instrument) => instrument.symbol === symbol);
  const shortest = Math.min(...instruments.map(({ maximumRestMinutes }) => maximumRestMinutes));
  return (configured?.maximumRestMinutes ?? shortest) * 60_000;
}

function portsFor(exchange: ExchangeClient, deadline: number): CheckBalancesPorts {
  const common = { exchange, clock: systemClock, deadline, nonce: randomUUID, log };
  return {
    ...common,
    store,
    breaker,
    mark: auditMark,
    memories,
    transfers: { ...common, store: transferStore },
    clientOrderIdsAreShown: dialect.showsClientOrderIds,
    foreignOrders: dialect.foreignOrders,
    balanceLagMs: dialect.balanceLagSeconds * 1_000,
    instrumentIdOf: (instrument) => directory.instrumentIdOf(exchange, instrument),
    maximumRestMs: restOf,
    isMarketActive: async (marketId) => (await exchange.getMarket(marketId)).isActive,
    consumption: () => exchange.getConsumptionAccounts(),
    trading: memoize(async () =>
      (await exchange.getTradingAccounts()).map(({ instrumentId, available }) => ({
        instrumentId,
        units: available,
      })),
    ),
  };
}

/** What a person who invokes the function by hand gets to see. */
function summary({ late, movedOrders, movedTransfers, instruments: checks }: BalanceCheck): object {
  return {
    late,
    orders: movedOrders.map(({ orderId, instrument, state, filledQuantity, averagePrice }) => ({
      id: orderId,
      instrument,
      state,
      filledQuantity: Number(filledQuantity),
      averagePrice: averagePrice === undefined ? null : formatDecimal(averagePrice, 2),
    })),
    transfers: movedTransfers.map(({ transferId, instrument, state, quantity, reason }) => ({
      id: transferId,
      instrument,
      state,
      quantity: Number(quantity),
      reason,
    })),
    instruments: checks.map(({ usable, incoming, ...check }) => ({
      ...check,
      usable: usable === undefined ? null : formatDecimal(usable),
      incoming: incoming === undefined ? null : formatDecimal(incoming),
    })),
  };
}
