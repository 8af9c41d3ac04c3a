import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { itemKey } from '../../../shared/store/item.ts';
import { createRefusedChecksMemory } from '../../../shared/store/refused-checks.ts';
import { createSettingsMemory } from '../../../shared/store/settings-memory.ts';
import { administer } from '../../support/administrator.ts';
import { startOrderTable } from '../../support/order-table.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

it.each(['extenddb', 'dynoxide'] as const)(
  'settings have a mark that changes with them (%s)',
  async (engine) => {
    const table = await startOrderTable(engine);
    const tools = { ...table, clock: createVirtualClock(), random: () => 0 };
    const memory = createSettingsMemory(tools);
    const marks = [await memory.current()];
    await administer(tools, { mode: 'LIVE' });
    marks.push(await memory.current());
    await administer(tools, { mode: 'LIVE', spendingLimits: { perDay: '1.00' } });
    marks.push(await memory.current());
    // What nothing reads today may be read tomorrow.
    const Item = {
      ...itemKey('SETTINGS'),
      mode: { S: 'LIVE' },
      other: { M: { b: { N: '1' }, a: { N: '2' } } },
    };
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
    marks.push(await memory.current());
    expect(new Set(marks).size).toBe(4);
    expect(await memory.current()).toBe(marks[3]);

    expect(await memory.lastSeen()).toBeUndefined();
    await memory.note('mark');
    await createRefusedChecksMemory(tools).write({ inARow: 1, scheduledTime: '2026-11-23T12:00:00.000Z' });
    expect(await memory.lastSeen()).toBe('mark');
    await table.close();
  },
);
