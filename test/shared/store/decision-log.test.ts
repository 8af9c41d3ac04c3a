import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDecisionReader, createDecisionRecorder } from '../../../shared/store/decision-log.ts';
import { itemKey } from '../../../shared/store/item.ts';
import type { DecisionLog } from '../../../shared/top-up/decisions/decision.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { sampleDecision } from '../../support/sample-decision.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

let table: TestTable;
let decisions: DecisionLog;
beforeAll(async () => {
  table = await startOrderTable('dynoxide');
  const tools = { ...table, clock: createVirtualClock(), random: Math.random };
  decisions = { ...createDecisionReader(tools), ...createDecisionRecorder(tools) };
});
afterAll(() => table.close());

const minutes = (count: number) => testEpoch + count * 60_000;

it('gives back exactly what was recorded, with a time to live of 14 days', async () => {
  await decisions.record(sampleDecision());
  expect(await decisions.list({ instrument: 'chat-prime', limit: 10 })).toEqual({
    decisions: [sampleDecision()],
    nextCursor: undefined,
  });
  const { Items: items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  expect(items.map((item) => item['expiresAt']?.N)).toEqual([String(testEpoch / 1000 + 14 * 24 * 60 * 60)]);
});

it('lists the decisions of one instrument in pages, newest first', async () => {
  const made = [0, 1, 2, 3, 4].map((count) => sampleDecision({ instrument: 'chat-b', at: minutes(count) }));
  const wokenUp = sampleDecision({ instrument: 'chat-b', at: minutes(4), trigger: 'wake-up' });
  for (const decision of [...made, wokenUp]) await decisions.record(decision);
  await decisions.record(sampleDecision({ instrument: 'chat-bb', at: minutes(9) }));
  const first = await decisions.list({ instrument: 'chat-b', limit: 3 });
  expect(first.decisions).toEqual([wokenUp, made[4], made[3]]);
  const cursor = first.nextCursor ?? '';
  expect(await decisions.list({ instrument: 'chat-b', limit: 3, cursor })).toEqual({
    decisions: [made[2], made[1], made[0]],
    nextCursor: undefined,
  });
});

it('leaves out what was written in another form, and refuses a cursor that is none', async () => {
  const Item = {
    ...itemKey('DECISION#chat-c', '2026-11-23T12:00:00.000Z#schedule'),
    decision: { S: '{"at":"yesterday"}' },
  };
  await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  expect(await decisions.list({ instrument: 'chat-c', limit: 3 })).toMatchObject({ decisions: [] });
  const cursor = Buffer.from('2026-11-23#schedule').toString('base64url');
  await expect(decisions.list({ instrument: 'chat-c', limit: 3, cursor })).rejects.toMatchObject({
    name: 'InvalidCursorError',
  });
});

it('takes a price that is told without a time for one that the check itself has read', async () => {
  const { bookReadAt: _, ...before } = sampleDecision({ instrument: 'chat-d' });
  await decisions.record(before);
  const { bestAsk: _ask, ...without } = { ...before, at: minutes(1) };
  await decisions.record(without);
  expect((await decisions.list({ instrument: 'chat-d', limit: 2 })).decisions).toEqual([
    without,
    { ...before, bookReadAt: testEpoch },
  ]);
});
