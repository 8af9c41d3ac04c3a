import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWakeUpGate } from '../../../shared/store/wake-up-gate.ts';
import type { WakeUpGate } from '../../../shared/top-up/wake-up.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

const intervalMs = 10_000;

describe.each(['dynoxide', 'extenddb'] as const)('the gate of wake-ups (%s)', (engine) => {
  let table: TestTable;
  let gate: WakeUpGate;
  beforeAll(async () => {
    table = await startOrderTable(engine);
    gate = createWakeUpGate({ ...table, clock: createVirtualClock(), random: Math.random });
  });
  afterAll(() => table.close());

  it('lets one of many begin, tells the others when it did, and lets the next begin after the interval', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => gate.begin(testEpoch, intervalMs)));
    expect(many.filter(({ kind }) => kind === 'begun')).toHaveLength(1);
    expect(many.filter(({ kind }) => kind === 'running')).toEqual(
      Array.from({ length: 19 }, () => ({ kind: 'running', startedAt: testEpoch })),
    );
    expect(await gate.begin(testEpoch + intervalMs - 1, intervalMs)).toEqual({
      kind: 'running',
      startedAt: testEpoch,
    });
    expect(await gate.begin(testEpoch + intervalMs, intervalMs)).toEqual({ kind: 'begun' });
  });

  it('is not held up by a clock that was ahead', async () => {
    expect(await gate.begin(testEpoch + 3_600_000, intervalMs)).toEqual({ kind: 'begun' });
    expect(await gate.begin(testEpoch + 60_000, intervalMs)).toEqual({ kind: 'begun' });
  });
});
