import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type Status, statusSchema } from '../../cli/api/answers.ts';
import { planOf } from '../../cli/buy/plan.ts';
import { drawDecision } from '../../cli/commands/check.ts';
import { accountFindings, keyFindings } from '../../cli/doctor/exchange-findings.ts';
import { clockFinding, stageFindings } from '../../cli/doctor/stage-findings.ts';
import { lookOf } from '../../cli/output/look.ts';
import { drawStatus } from '../../cli/screens/status-screen.ts';

const budget = { period: '2026-11', cap: '100.00', spent: '10.00', reserved: '0.00', available: '90.00' };

function status(changes: Partial<Status> = {}): Status {
  return v.parse(statusSchema, {
    stage: 'production',
    time: '2026-11-29T12:00:00.000Z',
    mode: 'LIVE',
    settingsVersion: 3,
    settingsReason: 'go',
    stoppedBy: null,
    breaker: null,
    limits: { perOrder: '50.00', perDay: '100.00', perMonth: '100.00', ordersPerHour: 60 },
    budgets: { day: budget, month: budget },
    ordersThisHour: 0,
    checkedAt: '2026-11-29T11:59:30.000Z',
    currency: [],
    instruments: [
      {
        symbol: 'chat-prime',
        marketId: 'market_1',
        paused: false,
        maximumPrice: '2.50',
        maximumQuantity: 100,
        priceTick: '0.01',
        feeBasisPoints: 100,
        policy: null,
        usable: null,
        inTrading: null,
        decision: null,
      },
    ],
    openOrderCount: 0,
    openOrders: [],
    ...changes,
  });
}

const levels = (changes: Partial<Status>) =>
  stageFindings(status(changes), lookOf({}, {}))
    .filter(({ level }) => level !== 'ok')
    .map(({ name, level, todo }) => [name, level, todo !== undefined]);

describe('what the stage says of itself', () => {
  it('is well', () => {
    expect(levels({})).toEqual([]);
  });

  it.each<[string, Partial<Status>, string, string]>([
    ['a mode that does not buy', { mode: 'PAUSED', stoppedBy: 'PAUSED' }, 'mode', 'warn'],
    [
      'settings that cannot be understood',
      { mode: 'SETTINGS_UNUSABLE', stoppedBy: 'SETTINGS_UNUSABLE' },
      'mode',
      'fail',
    ],
    [
      'an instrument that is paused',
      { instruments: status().instruments.map((one) => ({ ...one, paused: true })) },
      'paused-chat-prime',
      'warn',
    ],
    [
      'an open breaker',
      { breaker: { reason: 'order-orphan', since: '2026-11-29T11:00:00.000Z', reference: null, note: null } },
      'breaker',
      'fail',
    ],
    ['a check that is late', { checkedAt: '2026-11-29T11:54:59.000Z' }, 'last-check', 'warn'],
    ['no check at all', { checkedAt: null }, 'last-check', 'warn'],
    [
      'a day that is nearly used',
      {
        budgets: { day: { ...budget, spent: '50.00', reserved: '30.00', available: '20.00' }, month: budget },
      },
      'cap-of-the-day',
      'warn',
    ],
    [
      'a month that is used',
      { budgets: { day: budget, month: { ...budget, spent: '100.00', available: '0.00' } } },
      'cap-of-the-month',
      'fail',
    ],
  ])('%s is one line, and says what to do', (_, changes, name, level) => {
    expect(levels(changes)).toEqual([[name, level, true]]);
  });

  it.each([
    [29_000, 'ok'],
    [-31_000, 'warn'],
    [301_000, 'fail'],
    [undefined, 'warn'],
  ])('a clock that is %s ms off is %s', (offset, level) => {
    expect(clockFinding(offset)).toMatchObject({ name: 'clock', level });
  });

  it('and says in which direction the clock is off', () => {
    expect(clockFinding(60_000).found).toContain('1 min behind');
    expect(clockFinding(-60_000).found).toContain('1 min ahead');
  });
});

describe('what the exchange says', () => {
  const account = {
    reads: 'answered',
    reason: null,
    mode: 'advanced',
    markets: [{ instrument: 'chat-prime', state: 'active' }],
    currency: [{ currency: 'USD', available: '10.00' }],
    clockOffsetMs: 0,
  };
  const worst = (changes: Partial<typeof account>) =>
    accountFindings({ ...account, ...changes })
      .filter(({ level }) => level !== 'ok')
      .map(({ name, level }) => `${name} ${level}`);

  it.each<[Partial<typeof account>, readonly string[]]>([
    [{}, []],
    [{ reads: 'path-unknown' }, ['path fail']],
    [{ reads: 'forbidden' }, ['path fail']],
    [{ reads: 'key-refused' }, ['path warn']],
    [{ mode: 'auto' }, ['account-mode fail']],
    [{ mode: 'unclear' }, ['account-mode warn']],
    [{ markets: [{ instrument: 'chat-prime', state: 'not-found' }] }, ['market-chat-prime fail']],
    [{ currency: [] }, ['usd fail']],
    [{ currency: [{ currency: 'USD', available: '0.00' }] }, ['usd fail']],
    [{ clockOffsetMs: -6_000 }, ['exchange-clock warn']],
  ])('%j', (changes, expected) => {
    expect(worst(changes)).toEqual(expected);
  });

  it('a key that is old, refused or missing is said to be', () => {
    const key = { label: 'current', versionId: '1', publicKey: 'x', ageDays: 91, exchange: 'refuses it' };
    const answer = { ok: true, code: 'shown', message: '' };
    const found = (keys: (typeof key)[]) =>
      keyFindings({ ...answer, keys }).map(({ name, level }) => `${name} ${level}`);
    expect(found([key])).toEqual(['secret warn', 'key fail']);
    expect(found([{ ...key, ageDays: 1, exchange: 'accepts it' }])).toEqual(['secret ok', 'key ok']);
    expect(found([])).toEqual(['secret fail']);
  });
});

describe('the screen', () => {
  const drawn = (changes: Partial<Status>) =>
    drawStatus({ target: 'a stage', status: status(changes) }, lookOf({}, {}));

  it('says that settings cannot be understood, alone and beside an open breaker', () => {
    const mode = 'SETTINGS_UNUSABLE';
    const off = drawn({ mode, stoppedBy: mode });
    expect(off).toMatch(/Buying +● off: the settings cannot be understood\n/);
    const breaker = {
      reason: 'order-orphan',
      since: '2026-11-29T11:00:00.000Z',
      reference: null,
      note: null,
    };
    expect(drawn({ mode, stoppedBy: 'BREAKER', breaker })).toContain(
      'and the settings cannot be understood\n',
    );
  });

  it('marks an instrument that is paused, and no other', () => {
    const [one] = status().instruments;
    const instruments =
      one === undefined
        ? []
        : [
            { ...one, paused: true },
            { ...one, symbol: 'other' },
          ];
    const lines = drawn({ instruments }).split('\n');
    expect(lines.find((line) => line.startsWith('chat-prime'))).toMatch(/ none +PAUSED$/);
    expect(lines.find((line) => line.startsWith('other'))).toMatch(/ none$/);
  });
});

describe('the best ask', () => {
  const decision = (bookReadAt: string | null | undefined, bestAsk: string | null = '2.02') => ({
    time: '2026-11-29T11:59:30.000Z',
    instrument: 'chat-prime',
    trigger: 'schedule',
    policy: 'adaptive',
    words: 'Buy nothing.',
    reason: 'enough',
    boundBy: null,
    usable: '20',
    incoming: '0',
    coverMinutes: null,
    bestAsk,
    ...(bookReadAt === undefined ? {} : { bookReadAt }),
    actions: [],
  });
  const inStatus = (bookReadAt: string | null | undefined, bestAsk?: string | null): string => {
    const instruments = status().instruments.map((one) => ({
      ...one,
      decision: decision(bookReadAt, bestAsk),
    }));
    const screen = drawStatus({ target: 'a stage', status: status({ instruments }) }, lookOf({}, {}));
    const line = screen.split('\n').find((one) => one.startsWith('chat-prime'));
    return line?.split(/ {2,}/).at(-3) ?? '';
  };
  const afterCheck = (bookReadAt?: string) =>
    drawDecision(decision(bookReadAt), lookOf({}, {}))
      .split('\n')
      .find((line) => line.includes('Best ask'))
      ?.trim();

  it('is that of the last reading, whose age is told where it is not new', () => {
    expect(inStatus('2026-11-29T11:59:30.000Z')).toBe('2.02');
    expect(inStatus('2026-11-29T11:56:00.000Z')).toBe('2.02');
    expect(inStatus('2026-11-29T11:40:30.000Z')).toBe('2.02, 20 min ago');
    expect(afterCheck('2026-11-29T11:59:30.000Z')).toBe('Best ask  2.02 USD');
    expect(afterCheck('2026-11-29T11:40:30.000Z')).toBe('Best ask  2.02 USD, read 19 min ago');
  });

  it('is not known before the first reading, nor where nobody sells', () => {
    expect(inStatus(null, null)).toBe('-');
    expect(inStatus('2026-11-29T11:40:30.000Z', null)).toBe('-');
  });

  it('is that of the check where a stage does not tell when it was read', () => {
    expect(inStatus(undefined)).toBe('2.02');
    expect(afterCheck()).toBe('Best ask  2.02 USD');
  });
});

describe('the plan of an order', () => {
  const order = { market: 'market_1', units: 3, price: '2.10' };

  it('costs what it may cost at most, to the last decimal', () => {
    expect(planOf(order, status())).toMatchObject({
      instrument: 'chat-prime',
      costAtMost: '6.363',
      obstacles: [],
    });
    // At the market: what the instrument may cost at most.
    expect(planOf({ market: 'chat-prime', units: 3 }, status())).toMatchObject({
      costAtMost: '7.575',
      request: { market: 'chat-prime', type: 'market', quantity: 3 },
    });
  });

  it('names everything that stands in its way', () => {
    const day = { ...budget, available: '6.36' };
    const { obstacles } = planOf(
      order,
      status({
        stoppedBy: 'PAUSED',
        instruments: status().instruments.map((one) => ({ ...one, paused: true })),
        ordersThisHour: 60,
        limits: { perOrder: '1.00', perDay: '100.00', perMonth: '100.00', ordersPerHour: 60 },
        budgets: { day, month: { ...budget, available: '0.00' } },
      }),
    );
    expect(obstacles).toEqual([
      'buying is stopped (PAUSED)',
      'chat-prime is paused',
      'it may cost 6.363 USD, and 1.00 USD is left for one order',
      'it may cost 6.363 USD, and 6.36 USD is left for today',
      'it may cost 6.363 USD, and 0.00 USD is left for this month',
      'there were 60 orders in this hour already',
    ]);
  });
});
