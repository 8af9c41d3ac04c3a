import { expect, it } from 'vitest';
import { createRefusedChecksMemory } from '../../../shared/store/refused-checks.ts';
import { startOrderTable } from '../../support/order-table.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

it.each(['extenddb', 'dynoxide'] as const)(
  'refused checks are kept as they were counted (%s)',
  async (engine) => {
    const table = await startOrderTable(engine);
    const memory = createRefusedChecksMemory({ ...table, clock: createVirtualClock(), random: () => 0 });
    expect(await memory.read()).toBeUndefined();
    for (const inARow of [2, 0]) {
      const checks = { inARow, scheduledTime: `2026-11-23T12:0${inARow}:00.000Z` };
      await memory.write(checks);
      expect(await memory.read()).toEqual(checks);
    }
    await table.close();
  },
);
