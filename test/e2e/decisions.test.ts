import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import { createDecisionRecorder } from '../../shared/store/decision-log.ts';
import { useLocalService } from '../support/local-service.ts';
import { sampleDecision } from '../support/sample-decision.ts';
import { createVirtualClock, testEpoch } from '../support/virtual-clock.ts';

const underTest = useLocalService();
const listAnswer = v.object({
  decisions: v.array(v.looseObject({ time: v.string() })),
  nextCursor: v.nullable(v.string()),
});

it('shows what was decided and why, newest first and in pages', async () => {
  const { api, stack } = underTest().service;
  const [tableName = ''] = stack.tableNames.values();
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const log = createDecisionRecorder({ client, tableName, clock: createVirtualClock(), random: Math.random });
  for (let minute = 0; minute < 3; minute += 1) {
    await log.record(sampleDecision({ at: testEpoch + minute * 60_000 }));
  }
  client.destroy();

  const first = await api.get('/decisions?instrument=chat-prime&limit=2');
  expect(first.body).toMatchObject({
    decisions: [
      {
        time: '2026-11-23T12:02:00.000Z',
        words: '2.5 Units cover 4 minutes, less than the 6 wanted: buys 3.',
        reason: 'below-reorder-point',
        boundBy: 'budget',
        figures: { coverMinutes: 4 },
        usable: '2.5',
        actions: [{ action: 'cancel' }, { action: 'order' }, { action: 'order' }, { action: 'transfer' }],
      },
      { time: '2026-11-23T12:01:00.000Z' },
    ],
  });
  const { nextCursor } = v.parse(listAnswer, first.body);
  const next = await api.get(`/decisions?instrument=chat-prime&limit=2&cursor=${nextCursor}`);
  expect(v.parse(listAnswer, next.body)).toMatchObject({
    decisions: [{ time: '2026-11-23T12:00:00.000Z' }],
    nextCursor: null,
  });
});

it('holds what the deployed checks decide, by the schedule and when they are asked for', async () => {
  const { api, exchange, stack } = underTest().service;
  exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 500 }] });
  await stack.fireSchedule();
  await api.checkNow();
  const { decisions } = v.parse(listAnswer, (await api.get('/decisions?instrument=chat-prime&limit=2')).body);
  expect(decisions).toMatchObject([
    { trigger: 'wake-up', words: expect.stringMatching(/\d/), usable: '10', actions: [] },
    {
      trigger: 'schedule',
      usable: '0',
      actions: [{ action: 'order', state: 'OPEN', quantity: 10, limitPrice: expect.any(String) }],
    },
  ]);
  expect(Object.keys(v.parse(v.record(v.string(), v.number()), decisions[1]?.['figures']))).not.toEqual([]);
});

it('says which instruments there are, and refuses a cursor that is none', async () => {
  const { api } = underTest().service;
  expect(await api.get('/decisions?instrument=chat')).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'instrument', message: 'must be one of chat-prime' }] },
  });
  expect((await api.get('/decisions')).status).toBe(400);
  expect(await api.get('/decisions?instrument=chat-prime&cursor=bm9uZQ')).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'cursor' }] },
  });
});
