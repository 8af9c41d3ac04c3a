import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planChange } from '../../../local/administration/plan-change.ts';
import { writePlanned } from '../../../local/administration/write-planned.ts';
import { changeSettings } from '../../../local/control/change-settings.ts';
import { showHistory, showSettings } from '../../../local/control/show-settings.ts';
import { newStageSettings } from '../../../shared/settings/settings.ts';
import { createBreaker, readControl } from '../../../shared/store/control-store.ts';
import { noteDeployment, readDeployment } from '../../../shared/store/deployment-record.ts';
import { itemKey } from '../../../shared/store/item.ts';
import { settingsKey } from '../../../shared/store/settings-items.ts';
import {
  readHistory,
  readSettings,
  readVersion,
  writeSettings,
} from '../../../shared/store/settings-store.ts';
import { SimulatedTable } from '../../simulation/store/simulated-table.ts';
import { administer, administratorOf } from '../../support/administrator.ts';
import { startOrderTable, type TestTable } from '../../support/order-table.ts';
import { usd } from '../../support/sample-order.ts';
import { tries } from '../../support/thorough.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';
import { deployment } from '../settings/support.ts';

type Table = Pick<TestTable, 'client' | 'tableName'>;
const toolsFor = (table: Table) => ({ ...table, clock: createVirtualClock(), random: Math.random });
const ceiling = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };

function simulated(): Table {
  const table = new SimulatedTable();
  const send = async (command: unknown) => table.execute(command).output;
  return { client: { send } as unknown as Table['client'], tableName: 'simulated' };
}

async function withDeployment(table: Table = simulated()): Promise<Table> {
  await noteDeployment(toolsFor(table), deployment);
  return table;
}

describe('any sequence of changes', () => {
  const paths = ['spendingLimits.perDay', 'spendingLimits.perOrder', 'instruments.chat-prime.maximumPrice'];
  const changes = fc.oneof(
    fc.record({ path: fc.constantFrom(...paths), value: fc.constantFrom('0.50', '1.00', '2.00', '999999') }),
    fc.record({ unset: fc.constantFrom(...paths) }),
    fc.record({ mode: fc.constantFrom('LIVE' as const, 'PAUSED' as const, 'DRY_RUN' as const) }),
    fc.record({ restore: fc.nat(12) }),
  );
  type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never;

  function make(table: Table, change: Change): Promise<boolean> {
    const administrator = administratorOf(table);
    if ('path' in change) return administrator.set(change.path, change.value);
    if ('unset' in change) return administrator.unset(change.unset);
    if ('mode' in change) return administrator.become(change.mode);
    return administrator.restore(change.restore);
  }

  it('makes versions one by one, keeps each, and gives back what is restored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { maxLength: 25 }), async (sequence) => {
        const table = await withDeployment();
        const written: unknown[] = [newStageSettings];
        for (const change of sequence) {
          const before = (await readSettings(table)).current;
          const isDone = await make(table, change).catch(() => false);
          const after = (await readSettings(table)).current;
          const version = after?.version ?? 0;
          const isWritten = version !== (before?.version ?? 0);
          // Refused, or nothing to change: then nothing is.
          if (!isWritten) expect(after).toEqual(before);
          else {
            expect(isDone).toBe(true);
            expect(version).toBe(written.length);
            written.push(after?.settings);
          }
          if (isDone && 'restore' in change)
            expect(after?.settings ?? newStageSettings).toEqual(written[change.restore]);
        }
        const history = await readHistory(table, 100);
        expect(history.map(({ settings }) => settings).toReversed()).toEqual(written.slice(1));
        expect(history.map(({ version }) => version)).toEqual(
          Array.from({ length: written.length - 1 }, (_, index) => written.length - 1 - index),
        );
      }),
      { numRuns: tries(150, 5_000) },
    );
  });
});

describe.each(['extenddb', 'dynoxide'] as const)('the settings in a real engine (%s)', (engine) => {
  let table: TestTable;
  beforeAll(async () => {
    table = await startOrderTable(engine);
    await withDeployment(table);
  });
  afterAll(() => table.close());

  it('are given back as they were written, and hold for orders', async () => {
    const settings = {
      mode: 'LIVE',
      spendingLimits: { perDay: '100.00', ordersPerHour: 7 },
      instruments: {
        'chat-prime': { paused: true, maximumPrice: '2.40', topUp: { policy: 'adaptive', preset: 'safe' } },
      },
    } as const;
    await administer(table, settings);
    const { current } = await readSettings(table);
    expect(current).toMatchObject({ version: 1, settings, by: 'test', reason: 'test', problems: [] });
    expect(await readVersion(table, 1)).toEqual(current);
    expect(await readControl(table, ceiling)).toMatchObject({
      mode: 'LIVE',
      settingsVersion: 1,
      limits: { ...ceiling, perDay: usd('100'), ordersPerHour: 7n },
    });
  });

  it('are written by one of two administrators at once; the other is told, and nothing of theirs is kept', async () => {
    const tools = toolsFor(table);
    const found = await readSettings(table);
    const write = (by: string) =>
      writeSettings(tools, found, { ...newStageSettings, mode: 'PAUSED' }, { by, reason: by, at: 1 });
    const outcomes = await Promise.all(['one', 'two', 'three'].map(write));
    expect(outcomes.filter((version) => version !== undefined)).toEqual([2]);
    const winner = ['one', 'two', 'three'][outcomes.indexOf(2)];
    expect((await readHistory(table, 10)).map(({ version, by }) => `${version} ${by}`)).toEqual([
      `2 ${winner}`,
      '1 test',
    ]);

    // While the first one thinks about the question another one goes ahead.
    const agrees = async () => administratorOf(table).set('spendingLimits.perDay', '50.00');
    await expect(
      changeSettings(
        tools,
        { verb: 'mode', mode: 'LIVE' },
        { by: 'slow', reason: 'slow', yes: false },
        { say: () => {}, agrees },
      ),
    ).rejects.toThrow(
      'Somebody else has changed the settings meanwhile (version 3, by an administrator: a test). Nothing was written',
    );
    expect((await readSettings(table)).current).toMatchObject({ version: 3, settings: { mode: 'PAUSED' } });
  });

  it('go live and close the breaker together, or not at all where it was opened for something else', async () => {
    const tools = toolsFor(table);
    const breaker = createBreaker(tools);
    const terms = { by: 'a', reason: 'looked at', closesBreaker: true };
    await administer(table, { spendingLimits: { perDay: '7.00' } });
    await breaker.open('order-orphan', 'one');
    const plan = await planChange(tools, { verb: 'mode', mode: 'LIVE' });
    const versionBefore = plan.found.current?.version ?? 0;

    await administratorOf(table).closeBreaker();
    await breaker.open('order-seen-late', 'two');
    expect(await writePlanned(tools, plan, terms)).toMatchObject({
      kind: 'overtaken',
      current: { version: versionBefore },
    });
    expect(await readControl(table, ceiling)).toMatchObject({
      mode: 'DRY_RUN',
      breaker: { reason: 'order-seen-late' },
    });

    const again = await planChange(tools, { verb: 'mode', mode: 'LIVE' });
    expect(await writePlanned(tools, again, terms)).toEqual({ kind: 'written', version: versionBefore + 1 });
    expect(await readControl(table, ceiling)).toMatchObject({
      mode: 'LIVE',
      breaker: undefined,
      limits: { perDay: usd('7') },
    });
  });

  it('keep their history without a time to live', async () => {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        KeyConditionExpression: 'pk = :partition',
        ExpressionAttributeValues: { ':partition': { S: 'SETTINGS#HISTORY' } },
      }),
    );
    expect(Items.length).toBeGreaterThan(2);
    expect(Items.filter((item) => 'ttl' in item)).toEqual([]);
  });
});

describe('what is there already', () => {
  const put = (table: Table, Item: NonNullable<PutItemCommand['input']['Item']>) =>
    table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  /** As tools wrote it that kept no versions. */
  const unversioned = {
    ...settingsKey,
    mode: { S: 'LIVE' },
    perDay: { N: '15000000000' },
    by: { S: 'somebody' },
    reason: { S: 'long ago' },
    at: { N: '1' },
  };

  it('without a version holds as it is, and is the first entry of the history when it is changed', async () => {
    const table = await withDeployment();
    await put(table, unversioned);
    expect(await readControl(table, ceiling)).toMatchObject({
      mode: 'LIVE',
      settingsVersion: 0,
      limits: { perDay: usd('150') },
    });
    await administratorOf(table).become('PAUSED');
    expect(await readSettings(table)).toMatchObject({
      current: { version: 1, settings: { mode: 'PAUSED', spendingLimits: { perDay: '150.00' } } },
    });
    expect(await readHistory(table, 10)).toMatchObject([{ version: 1 }, { version: 0, by: 'somebody' }]);
    await administratorOf(table).restore(0);
    expect(await readSettings(table)).toMatchObject({ current: { version: 2, settings: { mode: 'LIVE' } } });
  });

  it.each([
    ['mode', { mode: { S: 'FAST' } }, 'mode: must be one of LIVE, PAUSED, DRY_RUN'],
    ['limit', { perDay: { S: 'much' } }, 'spendingLimits.perDay: must be a decimal string in USD'],
    ['negative limit', { perDay: { N: '-1' } }, 'spendingLimits.perDay: must be a decimal string in USD'],
    ['number of orders', { ordersPerHour: { S: 'x' } }, 'spendingLimits.ordersPerHour: must be a number'],
    ['document', { instruments: { S: '{' } }, 'instruments: '],
    ['instrument', { instruments: { S: '{"a":{"color":1}}' } }, 'instruments.a.color: is not a setting'],
    ['version', { version: { S: 'one' } }, 'version: must be a whole number'],
  ])(
    'with a spoilt %s stops everything, is told, and can be restored over',
    async (_what, spoilt, problem) => {
      const table = await withDeployment();
      await administratorOf(table).become('LIVE');
      const { Item } = await table.client.send(
        new GetItemCommand({ TableName: table.tableName, Key: settingsKey }),
      );
      await put(table, { ...Item, ...spoilt });
      expect(await readControl(table, ceiling)).toMatchObject({ mode: 'SETTINGS_UNUSABLE' });
      expect((await showSettings(table)).join('\n')).toContain(
        `CANNOT BE UNDERSTOOD, so nothing is bought: ${problem}`,
      );
      await expect(administratorOf(table).become('PAUSED')).rejects.toThrow('restore');
      await administratorOf(table).restore(1);
      expect(await readSettings(table)).toMatchObject({
        current: { version: 2, settings: { mode: 'LIVE' } },
      });
    },
  );

  it('is never taken for older than its history, should somebody have removed it', async () => {
    const table = await withDeployment();
    await administratorOf(table).become('LIVE');
    await administratorOf(table).become('PAUSED');
    await put(table, unversioned);
    await administratorOf(table).become('DRY_RUN');
    expect((await readHistory(table, 10)).map(({ version }) => version)).toEqual([3, 2, 1, 0]);
  });
});

describe('what is deployed', () => {
  it('is noted once, and again when it differs', async () => {
    let writes = 0;
    const table = new SimulatedTable();
    const send = async (command: unknown) => {
      writes += (command as object).constructor.name.startsWith('Transact') ? 1 : 0;
      return table.execute(command).output;
    };
    const tools = toolsFor({ client: { send } as unknown as Table['client'], tableName: 'simulated' });
    expect(await readDeployment(tools)).toBeUndefined();
    await noteDeployment(tools, deployment);
    await noteDeployment(tools, structuredClone(deployment));
    expect(writes).toBe(1);
    const [first] = deployment.instruments;
    const other = { ...deployment, instruments: first === undefined ? [] : [first] };
    await noteDeployment(tools, other);
    expect(await readDeployment(tools)).toEqual(other);
    table.put({ ...itemKey('DEPLOYMENT'), deployment: { S: '{}' } });
    expect(await readDeployment(tools)).toBeUndefined();
  });
});

describe('what an administrator is shown', () => {
  it('is everything in force with where it comes from, and what is not in force as it is set', async () => {
    const table = simulated();
    expect(await showSettings(table)).toEqual([
      'Mode: DRY_RUN (never set)',
      'Breaker: closed',
      'What the stage allows is not known before the next balance check.',
    ]);
    await withDeployment(table);
    await administer(table, {
      mode: 'LIVE',
      spendingLimits: { perDay: '100.00', perMonth: '3000.00' },
      instruments: { gone: { paused: true } },
    });
    const lines = await showSettings(table);
    expect(lines[0]).toMatch(/^Mode: LIVE \(version 1, \d{4}-.+Z, by test: test\)$/);
    expect(lines).toEqual(
      expect.arrayContaining([
        'spendingLimits.perDay: 100.00',
        'spendingLimits.perOrder: 50.00 (stage)',
        'instruments.code-prime.topUp.minimumUnits: 5 (stage)',
        "Not in force as it is set: spendingLimits.perMonth: is above what the stage's file allows, 2000.00; settings only make it less",
        expect.stringContaining('instruments.gone: is no instrument of the stage'),
      ]),
    );
  });

  it('is a history with what each version changed', async () => {
    const table = await withDeployment();
    expect(await showHistory(table, 20)).toEqual(['Nothing was set yet.']);
    await administratorOf(table).become('LIVE');
    await administratorOf(table).set('spendingLimits.perDay', '100.00');
    const lines = await showHistory(table, 1);
    expect(lines.map((line) => line.replace(/\d{4}-.+Z/, 'then'))).toEqual([
      'LIVE (version 2, then, by an administrator: a test)',
      '  spendingLimits.perDay: not set -> 100.00',
    ]);
  });
});

describe('asking', () => {
  it.each([
    ['going live', { verb: 'mode', mode: 'LIVE' }, true],
    ['pausing', { verb: 'mode', mode: 'PAUSED' }, false],
    ['lowering', { verb: 'set', assignments: [{ path: 'spendingLimits.perDay', value: '1.00' }] }, false],
    ['raising', { verb: 'unset', paths: ['spendingLimits.perOrder'] }, true],
  ] as const)('%s', async (_what, change, isAsked) => {
    const table = await withDeployment();
    await administer(table, { mode: 'DRY_RUN', spendingLimits: { perOrder: '10.00' } });
    const asked: (readonly string[])[] = [];
    const person = {
      say: () => {},
      agrees: async (raises: readonly string[]) => {
        asked.push(raises);
        return false;
      },
    };
    const done = await changeSettings(toolsFor(table), change, { by: 'a', reason: 'b', yes: false }, person);
    expect(asked).toHaveLength(isAsked ? 1 : 0);
    expect(done).toBe(!isAsked);
    expect((await readSettings(table)).current?.version).toBe(isAsked ? 1 : 2);
    expect(await changeSettings(toolsFor(table), change, { by: 'a', reason: 'b', yes: true }, person)).toBe(
      true,
    );
    expect(asked).toHaveLength(isAsked ? 1 : 0);
  });
});
