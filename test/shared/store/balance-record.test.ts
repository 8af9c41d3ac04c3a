import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBalanceRecord } from '../../../shared/store/balance-record.ts';
import { itemKey } from '../../../shared/store/item.ts';
import { writeTogether } from '../../../shared/store/transactions.ts';
import { putFirstVersion } from '../../../shared/store/versions.ts';
import type { BalanceRecord } from '../../../shared/top-up/balances.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleBalances } from '../../support/sample-balances.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

describe.each(['dynoxide', 'extenddb'] as const)('the record of the balances (%s)', (engine) => {
  let table: TestTable;
  let record: BalanceRecord;
  const tools = () => ({ ...table, clock: createVirtualClock(), random: Math.random });
  beforeAll(async () => {
    table = await startOrderTable(engine);
    record = createBalanceRecord(tools());
  });
  afterAll(() => table.close());

  it('is empty at first, and then gives back what was written last', async () => {
    expect(await record.read()).toBeUndefined();
    await record.write(sampleBalances);
    expect(await record.read()).toEqual(sampleBalances);
    const later = { ...sampleBalances, readAt: testEpoch + 1, trading: [] };
    await record.write(later);
    expect(await record.read()).toEqual(later);
  });

  it('keeps those that were read later, whoever writes last', async () => {
    const latest = { ...sampleBalances, readAt: testEpoch + 10 };
    await record.write(latest);
    await record.write({ ...sampleBalances, readAt: testEpoch + 9, currency: [] });
    expect(await record.read()).toEqual(latest);
  });
});

it('balances in another form are not shown as if they were ours', async () => {
  const table = await startOrderTable('dynoxide');
  const tools = { ...table, clock: createVirtualClock(), random: Math.random };
  const item = { ...itemKey('BALANCES'), readAt: { N: '1' }, accounts: { S: '{"consumption":[]}' } };
  await writeTogether(tools, [putFirstVersion(table.tableName, item)]);
  await expect(createBalanceRecord(tools).read()).rejects.toThrow('balances');
  await table.close();
});
