import type { InstrumentConfiguration } from '../configuration/instruments.ts';
import { formatDecimal, formatUsd } from '../ledger/decimal.ts';
import { stopReasonOf } from '../orders/control-port.ts';
import type { InForce } from '../settings/in-force.ts';
import type { InstrumentStatus, StageStatus } from '../top-up/stage-status.ts';
import { decisionView } from './decision-view.ts';
import { isoTime, isoTimeOrNull } from './iso-time.ts';
import { orderView } from './order-view.ts';
import type { Visibility } from './visibility.ts';

/** Which stage it is, and what it buys. */
export interface StageFacts {
  readonly stage: string;
  /** As they are in force. */
  readonly instruments: readonly InForce<InstrumentConfiguration>[];
}

/**
 * A stage at one look, as callers see it. Amounts are decimal strings, times are ISO 8601. All open orders are counted,
 * and those are shown that the caller may see.
 */
export function statusView(
  { stage, instruments }: StageFacts,
  status: StageStatus,
  visibility: Pick<Visibility, 'shows'>,
): object {
  const { control, day, month, balances, openOrders } = status;
  const { breaker, limits } = control;
  return {
    stage,
    time: isoTime(status.at),
    mode: control.mode,
    settingsVersion: control.settingsVersion,
    settingsReason: control.settingsReason ?? null,
    stoppedBy: stopReasonOf(control) ?? null,
    breaker:
      breaker === undefined
        ? null
        : {
            reason: breaker.reason,
            since: isoTime(breaker.at),
            reference: breaker.reference ?? null,
            note: breaker.note ?? null,
          },
    limits: {
      perOrder: formatUsd(limits.perOrder),
      perDay: formatUsd(limits.perDay),
      perMonth: formatUsd(limits.perMonth),
      ordersPerHour: Number(limits.ordersPerHour),
    },
    budgets: { day: budgetView(day), month: budgetView(month) },
    ordersThisHour: status.ordersThisHour,
    checkedAt: isoTimeOrNull(balances?.readAt),
    currency:
      balances?.currency.map(({ currency, available, locked }) => ({
        currency: currency.toUpperCase(),
        available: formatUsd(available),
        locked: formatUsd(locked),
      })) ?? [],
    instruments: instruments.map((instrument) =>
      instrumentView(
        instrument,
        status.instruments.find(({ symbol }) => symbol === instrument.symbol),
      ),
    ),
    openOrderCount: openOrders.length,
    openOrders: openOrders.filter((order) => visibility.shows(order)).map(orderView),
  };
}

function budgetView({ period, cap, spent, reserved, available }: StageStatus['day']): object {
  return {
    period,
    cap: formatUsd(cap),
    spent: formatUsd(spent),
    reserved: formatUsd(reserved),
    available: formatUsd(available),
  };
}

function instrumentView(
  instrument: InForce<InstrumentConfiguration>,
  status: InstrumentStatus | undefined,
): object {
  const { symbol, marketId, maximumPrice, maximumQuantity, priceTick, feeBasisPoints, topUp } = instrument;
  const decision = status?.decision;
  return {
    symbol,
    marketId,
    paused: instrument.isPaused,
    maximumPrice,
    maximumQuantity,
    priceTick,
    feeBasisPoints,
    policy: topUp?.policy ?? null,
    usable: status?.usable === undefined ? null : formatDecimal(status.usable),
    inTrading: status?.inTrading === undefined ? null : formatDecimal(status.inTrading),
    decision: decision === undefined ? null : decisionView(decision),
  };
}
