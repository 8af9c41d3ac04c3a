import { describe, expect, it } from 'vitest';
import { emitCheckMetrics } from '../../../shared/observability/check-metrics.ts';
import { emitHealthMetrics, emitSecretAge } from '../../../shared/observability/health-metrics.ts';
import { emitPlacement } from '../../../shared/observability/placement-metrics.ts';
import type { Audit } from '../../../shared/orders/audit-orders.ts';
import type { OrderState } from '../../../shared/orders/order.ts';
import type { StageHealth } from '../../../shared/orders/stage-health.ts';
import type { BalanceCheck, InstrumentCheck } from '../../../shared/top-up/check-balances.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';
import { sampleOrder, usd } from '../../support/sample-order.ts';

function metricsOf(check: Partial<BalanceCheck>): readonly string[] {
  const { emit, lines } = createRecordedMetrics();
  emitCheckMetrics(emit, { ...nothing, instruments: [], ...check });
  return lines;
}

const audit: Audit = { complete: true, orphans: 0, adopted: 0, duplicates: 0, late: 0, foreign: 0 };
const nothing = { movedOrders: [], audit, movedTransfers: [], unclearTransfers: 0, late: false };
const enough: InstrumentCheck = {
  instrument: 'chat-prime',
  result: 'enough',
  usable: usd('7.5'),
  incoming: 0n,
  orderId: undefined,
  reason: 'enough',
};
const failed = { ...enough, result: 'failed', usable: undefined } as const;

describe('what a check says', () => {
  it('is a heartbeat when it came in time, and none when it was late', () => {
    expect(metricsOf({})).toContain('CheckCompleted 1');
    expect(metricsOf({ late: true }).join()).not.toContain('CheckCompleted');
  });

  it('is no heartbeat when somebody asked for it, and tells all else', () => {
    const { emit, lines } = createRecordedMetrics();
    emitCheckMetrics(emit, { ...nothing, instruments: [enough] }, 'wake-up');
    expect(lines.join()).not.toContain('CheckCompleted');
    expect(lines).toEqual(metricsOf({ instruments: [enough] }).slice(1));
  });

  it('counts the orders that it gave up, also when there are none', () => {
    const moved = (['ABANDONED', 'FILLED', 'ABANDONED'] as const).map((state) => sampleOrder({ state }));
    expect(metricsOf({ movedOrders: moved })).toContain('OrdersAbandoned 2');
    expect(metricsOf({})).toContain('OrdersAbandoned 0');
  });

  it('counts the transfers that need a person, also when there are none', () => {
    expect(metricsOf({ unclearTransfers: 2 })).toContain('UnclearTransfers 2');
    expect(metricsOf({})).toContain('UnclearTransfers 0');
  });

  it('says whether all orders of the exchange were compared, also when they could not be looked at', () => {
    expect(metricsOf({})).toContain('AuditIncomplete 0');
    expect(metricsOf({ audit: { ...audit, complete: false } })).toContain('AuditIncomplete 1');
    expect(metricsOf({ audit: undefined })).toContain('AuditIncomplete 1');
  });

  it('says of an instrument with enough that nothing failed and nothing is in the way', () => {
    expect(metricsOf({ instruments: [enough] }).slice(4)).toEqual([
      'UnitsAvailable 7.5 instrument=chat-prime',
      'CheckFailed 0 instrument=chat-prime',
      'TopUpBlocked 0 instrument=chat-prime',
    ]);
  });

  it('says how long the Units last and what the market asks, where that is known', () => {
    const known = { ...enough, coverMinutes: 42.5, bestAsk: usd('2.45') };
    expect(metricsOf({ instruments: [known] }).slice(4, 7)).toEqual([
      'UnitsAvailable 7.5 instrument=chat-prime',
      'CoverMinutes 42.5 instrument=chat-prime',
      'MarketPrice 2.45 instrument=chat-prime',
    ]);
  });

  it('says of one that failed nothing else: whether a top-up would have been possible is not known', () => {
    expect(metricsOf({ instruments: [failed] }).slice(4)).toEqual(['CheckFailed 1 instrument=chat-prime']);
  });

  it('says that a top-up was blocked when nothing was bought, and that an order was refused', () => {
    const refused = { ...enough, result: 'not-bought', orderState: 'REJECTED' } as const;
    expect(metricsOf({ instruments: [refused] }).slice(5)).toEqual([
      'CheckFailed 0 instrument=chat-prime',
      'TopUpBlocked 1 instrument=chat-prime',
      'TopUp 1 instrument=chat-prime result=not-bought',
      'OrderPlaced 1 outcome=REJECTED',
      'OrderRefused 1',
    ]);
  });

  it('counts no order where none was placed', () => {
    const stopped = { ...enough, result: 'not-bought', reason: 'stopped' } as const;
    expect(metricsOf({ instruments: [stopped] }).join()).not.toContain('Order ');
    expect(metricsOf({ instruments: [stopped] })).toContain('TopUpBlocked 1 instrument=chat-prime');
  });

  it.each(['bought', 'in-doubt'] as const)('does not call a top-up blocked that is %s', (result) => {
    const bought = { ...enough, result, orderState: 'OPEN' } as const;
    expect(metricsOf({ instruments: [bought] })).toEqual(
      expect.arrayContaining(['TopUpBlocked 0 instrument=chat-prime', 'OrderRefused 0']),
    );
  });
});

describe('what placing an order says', () => {
  const placed = (state: OrderState) => {
    const { emit, lines } = createRecordedMetrics();
    const outcome = { kind: 'unknown', code: 'timeout' } as const;
    emitPlacement(emit, { kind: 'placed', order: sampleOrder({ state }), outcome });
    return lines;
  };

  it.each(['OPEN', 'UNKNOWN', 'SUBMITTED'] as const)('%s is an order that was not refused', (state) => {
    expect(placed(state)).toEqual([`OrderPlaced 1 outcome=${state}`, 'OrderRefused 0']);
  });

  it('REJECTED is one that was', () => {
    expect(placed('REJECTED')).toEqual(['OrderPlaced 1 outcome=REJECTED', 'OrderRefused 1']);
  });

  it('a repetition of a refused order is not refused again', () => {
    const { emit, lines } = createRecordedMetrics();
    emitPlacement(emit, { kind: 'replayed', order: sampleOrder({ state: 'REJECTED' }) });
    emitPlacement(emit, { kind: 'over-budget', period: 'day' });
    expect(lines).toEqual(['OrderPlaced 1 outcome=replayed', 'OrderPlaced 1 outcome=over-budget']);
  });
});

describe('what the health of a stage says', () => {
  const budget = (cap: string, reserved: string, spent: string) => {
    const amounts = { cap: usd(cap), reserved: usd(reserved), spent: usd(spent) };
    return { ...amounts, available: amounts.cap - amounts.reserved - amounts.spent };
  };
  const healthy: StageHealth = {
    isBreakerOpen: false,
    unclearOrders: 0,
    unresolvedOrders: 0,
    budgets: { day: budget('200', '20', '140.01'), month: budget('2000', '20', '300') },
  };
  const say = (health: Partial<StageHealth>) => {
    const { emit, lines } = createRecordedMetrics();
    emitHealthMetrics(emit, { ...healthy, ...health });
    return lines;
  };

  it('is the breaker, unclear orders, and how much of each budget is used and spent', () => {
    expect(say({})).toEqual([
      'BreakerOpen 0',
      'UnclearOrders 0',
      'UnresolvedOrders 0',
      'BudgetUsedPercent 80 period=day',
      'BudgetSpentPercent 70 period=day',
      'SpentUsd 140.01 period=day',
      'ReservedUsd 20 period=day',
      'CapUsd 200 period=day',
      'BudgetUsedPercent 16 period=month',
      'BudgetSpentPercent 15 period=month',
      'SpentUsd 300 period=month',
      'ReservedUsd 20 period=month',
      'CapUsd 2000 period=month',
    ]);
    expect(say({ isBreakerOpen: true, unclearOrders: 3, unresolvedOrders: 4 }).slice(0, 3)).toEqual([
      'BreakerOpen 1',
      'UnclearOrders 3',
      'UnresolvedOrders 4',
    ]);
  });

  it.each([
    ['above the cap, after it was lowered', budget('100', '0', '150'), 150],
    ['of a cap of nothing that nothing was spent of', budget('0', '0', '0'), 0],
    ['of a cap of nothing that something was spent of', budget('0', '0', '1'), 100],
    ['to a hundredth of a percent', budget('300', '0', '1'), 0.33],
  ])('can be %s', (_case, day, percent) => {
    const lines = say({ budgets: { day, month: healthy.budgets.month } });
    expect(lines).toContain(`BudgetSpentPercent ${percent} period=day`);
  });
});

describe('the age of the signing key', () => {
  const days = (count: number) => Date.UTC(2026, 0, 1) + count * 86_400_000;

  it.each([
    [days(0), days(100.5), ['SecretAgeDays 100.5']],
    [days(1), days(0), ['SecretAgeDays 0']],
    [undefined, days(1), []],
  ])('stored at %s, now %s', (storedAt, now, expected) => {
    const { emit, lines } = createRecordedMetrics();
    emitSecretAge(emit, storedAt, now);
    expect(lines).toEqual(expected);
  });
});
