import { beforeEach, describe, expect, it } from 'vitest';
import type { ControlState } from '../../../shared/orders/control-port.ts';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import {
  type ExchangeHealth,
  type RefusedChecks,
  watchExchange,
} from '../../../shared/orders/watch-exchange.ts';
import { createRecordedLog, type RecordedLog } from '../../support/recorded-log.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

let kept: RefusedChecks | undefined;
let writes: number;
let log: RecordedLog;
let control: Pick<ControlState, 'mode' | 'breaker'>;
let opened: string[];

beforeEach(() => {
  kept = undefined;
  writes = 0;
  log = createRecordedLog();
  control = { mode: 'LIVE', breaker: undefined };
  opened = [];
});

const refused: ExchangeHealth = { readsAnswered: 0, readsRefused: 4, clockOffsetMs: 0 };
const answered: ExchangeHealth = { readsAnswered: 4, readsRefused: 0, clockOffsetMs: 0 };
const unheard: ExchangeHealth = { readsAnswered: 0, readsRefused: 0, clockOffsetMs: undefined };
const minute = (number: number): string => new Date(testEpoch + number * 60_000).toISOString();

function watch(health: ExchangeHealth, scheduledTime = minute(0)): Promise<void> {
  const refusedChecks = {
    read: async () => kept,
    write: async (checks: RefusedChecks) => {
      kept = checks;
      writes += 1;
    },
  };
  const breaker = {
    open: async (reason: string) => {
      opened.push(reason);
    },
  };
  return watchExchange(
    { refusedChecks, breaker, readControl: async () => control, log },
    health,
    scheduledTime,
  );
}

describe('checks to which the exchange refuses every read', () => {
  it('open the breaker at the third in a row, and at each one after it', async () => {
    await watch(refused, minute(1));
    await watch(refused, minute(2));
    expect(opened).toEqual([]);
    await watch(refused, minute(3));
    expect(opened).toEqual(['signing-key-refused']);
    expect(log.lines).toEqual([{ level: 'error', event: 'signing-key-refused', fields: { checks: 3 } }]);
    await watch(refused, minute(4));
    expect(opened).toHaveLength(2);
  });

  it.each([
    ['one that was answered begins the count anew', answered, 0],
    ['one with an answer among refusals does so too', { ...refused, readsAnswered: 1 }, 0],
    ['one without any answer neither adds to it nor ends it', unheard, 1],
  ])('%s', async (_what, between, openings) => {
    await watch(refused, minute(1));
    await watch(refused, minute(2));
    await watch(between, minute(3));
    await watch(refused, minute(4));
    expect(opened).toHaveLength(openings);
  });

  it('count once, however often they are delivered, and not when they come after a later one', async () => {
    for (const number of [2, 2, 2, 1]) await watch(refused, minute(number));
    expect(kept).toEqual({ inARow: 1, scheduledTime: minute(2) });
    expect(opened).toEqual([]);
  });

  it.each([
    { mode: 'DRY_RUN', breaker: undefined },
    { mode: 'PAUSED', breaker: undefined },
    { mode: 'LIVE', breaker: { reason: 'stopped-by-caller', at: 0 } },
  ] as const)('are told, and open nothing, where nothing is bought anyway: $mode', async (stopped) => {
    control = stopped;
    for (const number of [1, 2, 3]) await watch(refused, minute(number));
    expect(log.lines.map(({ event }) => event)).toEqual(['signing-key-refused']);
    expect(opened).toEqual([]);
  });

  it('are counted before the breaker is opened, so that the next one opens it if this one cannot', async () => {
    kept = { inARow: 2, scheduledTime: minute(2) };
    const breaker = {
      open: async () => {
        throw new StoreUnavailableError('injected');
      },
    };
    const ports = {
      refusedChecks: {
        read: async () => kept,
        write: async (checks: RefusedChecks) => {
          kept = checks;
        },
      },
      breaker,
      readControl: async () => control,
      log,
    };
    await expect(watchExchange(ports, refused, minute(3))).rejects.toBeInstanceOf(StoreUnavailableError);
    await watch(refused, minute(4));
    expect(opened).toEqual(['signing-key-refused']);
  });

  it('cost no write while all is well', async () => {
    await watch(answered, minute(1));
    await watch(answered, minute(2));
    expect(writes).toBe(0);
  });
});

describe('a clock', () => {
  it.each([
    [5_000, []],
    [-5_000, []],
    [5_001, ['clock-off']],
    [-40_000, ['clock-off']],
    [undefined, []],
  ])('that is off by %s ms', async (clockOffsetMs, events) => {
    await watch({ ...answered, clockOffsetMs });
    expect(log.lines.map(({ event }) => event)).toEqual(events);
  });
});
