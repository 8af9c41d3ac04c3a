import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { goLive } from '../../../local/administration/go-live.ts';
import { createBreaker, readControl } from '../../../shared/store/control-store.ts';
import { closeBreaker, type SettingsStoreTools } from '../../../shared/store/settings-store.ts';
import { administer } from '../../support/administrator.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const terms = { by: 'test', reason: 'it is looked at' };
const ceiling = { perOrder: 1n, perDay: 1n, perMonth: 1n, ordersPerHour: 1n };
let table: TestTable;
let tools: SettingsStoreTools;

beforeAll(async () => {
  table = await startOrderTable('dynoxide');
  tools = {
    client: table.client,
    tableName: table.tableName,
    clock: createVirtualClock(),
    random: () => 0,
  };
});
afterAll(() => table.close());
beforeEach(async () => {
  await administer(tools, { mode: 'PAUSED' });
  await closeBreaker(tools);
});

const state = async () => {
  const { mode, breaker, settingsVersion } = await readControl(tools, ceiling);
  return { mode, isStopped: breaker !== undefined, settingsVersion };
};

it('sets the mode, once', async () => {
  const before = await state();
  expect(await goLive(tools, terms)).toMatchObject({ kind: 'written' });
  const after = { mode: 'LIVE', isStopped: false, settingsVersion: before.settingsVersion + 1 };
  expect(await state()).toEqual(after);
  expect(await goLive(tools, terms)).toBeUndefined();
  expect(await state()).toEqual(after);
});

it('closes the breaker only if it is told to, also when the mode is LIVE already', async () => {
  await createBreaker(tools).open('order-seen-late', 'an order');
  await goLive(tools, terms);
  expect(await state()).toMatchObject({ mode: 'LIVE', isStopped: true });
  expect(await goLive(tools, terms)).toBeUndefined();
  expect(await goLive(tools, { ...terms, closesBreaker: true })).toMatchObject({ kind: 'written' });
  expect(await state()).toMatchObject({ mode: 'LIVE', isStopped: false });
});
