import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createExchangeClient } from '../../shared/exchange/client.ts';
import { bareError } from '../../shared/observability/bare-error.ts';
import { createKeyVault } from '../../shared/secrets/key-vault.ts';
import { createSigningKeySource } from '../../shared/secrets/signing-key-source.ts';
import { createBalanceReader, createBalanceWriter } from '../../shared/store/balance-record.ts';
import { createAuditMark, createBreaker, readBudget, readControl } from '../../shared/store/control-store.ts';
import { createDecisionReader, createDecisionRecorder } from '../../shared/store/decision-log.ts';
import { createOrderStore } from '../../shared/store/order-store.ts';
import { createRefusedChecksMemory } from '../../shared/store/refused-checks.ts';
import { createReservationStore } from '../../shared/store/reservation-store.ts';
import { createSettingsMemory } from '../../shared/store/settings-memory.ts';
import { createTopUpMemoryStore } from '../../shared/store/top-up-memory.ts';
import { createTransferStore } from '../../shared/store/transfer-store.ts';
import { createWaitingMark } from '../../shared/store/waiting-mark.ts';
import { createWakeUpGate } from '../../shared/store/wake-up-gate.ts';
import { sampleBalances } from '../support/sample-balances.ts';
import { sampleDecision } from '../support/sample-decision.ts';
import { sampleOrder, usd } from '../support/sample-order.ts';
import { sampleReservation } from '../support/sample-reservation.ts';
import { sampleTransfer } from '../support/sample-transfer.ts';
import { createVirtualClock, testEpoch } from '../support/virtual-clock.ts';
import { clientTools, guideDialect } from './exchange/support/client-tools.ts';

const canary = 'canary-3d81f0';

/** As the SDK's errors are: they carry what was asked and answered, in words and in fields. */
const failure = Object.assign(new Error(`Item ${canary} is too large`, { cause: new Error(canary) }), {
  $metadata: { requestId: canary },
  $response: { headers: { authorization: canary }, body: canary },
  Item: { pk: { S: canary } },
});
/** Items in which nothing is what it should be. */
const spoilt = {
  Item: { pk: { S: canary }, version: { N: '1' }, state: { S: canary }, memory: { S: canary } },
  Items: [{ pk: { S: canary }, sk: { S: canary }, use: { S: canary }, state: { S: canary } }],
  Responses: {
    [canary]: [
      { pk: { S: canary }, sk: { S: canary }, state: { S: canary } },
      { pk: { S: `ORDER#${canary}` }, sk: { S: 'v0' }, state: { S: canary } },
    ],
  },
};
const ceiling = { perOrder: usd('50'), perDay: usd('200'), perMonth: usd('2000'), ordersPerHour: 60n };

/** Every way to use the table, with a client that answers so. */
function usesOfTable(answer: () => Promise<object>): readonly (readonly [string, () => Promise<unknown>])[] {
  const tools = {
    client: { send: answer } as never,
    tableName: canary,
    clock: createVirtualClock(),
    random: () => 0.5,
    ceiling,
    nonce: () => 'nonce',
  };
  const order = sampleOrder();
  const orders = createOrderStore(tools);
  const transfers = createTransferStore(tools);
  const reservations = createReservationStore(tools);
  const reservation = sampleReservation();
  const memories = createTopUpMemoryStore(tools);
  const breaker = createBreaker(tools);
  const mark = createAuditMark(tools);
  const refused = createRefusedChecksMemory(tools);
  const settings = createSettingsMemory(tools);
  const waiting = createWaitingMark(tools);
  return [
    ['recording an order', () => orders.create(order, { settingsVersion: 0, limits: ceiling })],
    ['adopting an order', () => orders.adopt(order)],
    ['moving an order', () => orders.update(order, { ...order, version: 4 })],
    ['reading an order', () => orders.get(canary)],
    ['reading many orders', () => orders.getAll([canary])],
    ['reading the owners of orders', () => orders.ownersOf([canary])],
    ['reading totals of fills', () => orders.fillTotals(canary)],
    ['reading a history', () => orders.history(canary)],
    ['reading what is not finished', () => orders.unfinished(5)],
    ['listing orders', () => orders.list({ limit: 5, principal: canary })],
    ['recording a transfer', () => transfers.create(sampleTransfer())],
    ['reading transfers', () => transfers.unfinished()],
    ['making a reservation', () => reservations.create(reservation)],
    ['reading a reservation', () => reservations.get(canary)],
    ['listing reservations', () => reservations.list({ limit: 5, now: testEpoch })],
    ['reading open reservations', () => reservations.openOf(canary, testEpoch)],
    ['reading a memory', () => memories.read(canary)],
    ['opening the breaker', () => breaker.open('test', canary)],
    ['reading the control', () => readControl(tools, ceiling)],
    ['reading a budget', () => readBudget(tools, canary)],
    ['reading the audit mark', () => mark.read()],
    ['writing the audit mark', () => mark.write({ beganAt: 1, upTo: 2 })],
    ['reading refused checks', () => refused.read()],
    ['reading the settings seen', () => settings.lastSeen()],
    ['noting the settings', () => settings.note(canary)],
    ['reading the waiting mark', () => waiting.since(canary)],
    ['beginning a wake-up', () => createWakeUpGate(tools).begin(testEpoch, 10_000)],
    ['reading balances', () => createBalanceReader(tools).read()],
    ['writing balances', () => createBalanceWriter(tools).write(sampleBalances)],
    ['recording a decision', () => createDecisionRecorder(tools).record(sampleDecision())],
    ['reading decisions', () => createDecisionReader(tools).list({ instrument: canary, limit: 5 })],
  ];
}

/** Everything that could be written down of what a call has thrown; nothing if it has not. */
async function thrownBy(use: () => Promise<unknown>): Promise<string> {
  try {
    await use();
    return '';
  } catch (error) {
    return inspect(error, { depth: 20, showHidden: true, getters: true });
  }
}

const fail = async (): Promise<never> => {
  throw failure;
};

describe('an error of a port', () => {
  it('would show the canary if it were passed on', async () => {
    expect(await thrownBy(fail)).toContain(canary);
  });

  it.each(usesOfTable(fail))('%s fails without a word of what was said', async (_name, use) => {
    const thrown = await thrownBy(use);
    expect(thrown).toContain('StoreUnavailableError');
    expect(thrown).not.toContain(canary);
  });

  it.each(usesOfTable(async () => spoilt))('%s says nothing of items that are spoilt', async (_name, use) => {
    expect(await thrownBy(use)).not.toContain(canary);
  });

  it('says nothing of the secret, or of what Secrets Manager said', async () => {
    const secretOf = (send: () => Promise<object>) => ({ client: { send } as never, secretArn: canary });
    for (const send of [
      fail,
      async () => ({ SecretString: canary }),
      async () => ({ SecretString: `{"privateKey":"${canary}"` }),
      async () => ({ SecretString: JSON.stringify({ privateKey: canary, fingerprint: canary }) }),
      async () => ({ SecretString: JSON.stringify({ [canary]: canary }) }),
    ]) {
      const secret = secretOf(send);
      const vault = createKeyVault(secret);
      const key = createSigningKeySource({ ...secret, clock: createVirtualClock() });
      for (const use of [() => key(), () => vault.load('AWSCURRENT')]) {
        const thrown = await thrownBy(use);
        expect(thrown).toContain('Error');
        expect(thrown).not.toContain(canary);
      }
    }
    const vault = createKeyVault(secretOf(fail));
    for (const use of [() => vault.labels(), () => vault.moveCurrent(canary, canary)]) {
      expect(await thrownBy(use)).not.toContain(canary);
    }
  });

  it.each([
    ['balances', (client: ReturnType<typeof client401>) => client.getConsumptionAccounts()],
    ['orders', (client: ReturnType<typeof client401>) => client.scanOrders(testEpoch)],
    ['an order', (client: ReturnType<typeof client401>) => client.getOrder(canary)],
    ['a market', (client: ReturnType<typeof client401>) => client.getMarket(canary)],
    ['a book', (client: ReturnType<typeof client401>) => client.getOrderBook(canary)],
  ])('says nothing of what the exchange answered about %s', async (_what, ask) => {
    const thrown = await thrownBy(() => ask(client401()));
    expect(thrown).toContain('ExchangeReadError');
    expect(thrown).not.toContain(canary);
  });

  it('that nothing has caught is logged by Lambda without what it says', () => {
    const bare = inspect(bareError(failure), { depth: 20, showHidden: true });
    expect(bare).not.toContain(canary);
    expect(bare).toContain('canary.test.ts');
    expect(bareError(canary).message).toBe('unknown');
    expect(bareError(Object.assign(new Error(canary), { code: 'ECONNRESET' })).message).toBe(
      'Error (ECONNRESET)',
    );
  });
});

/** An exchange that refuses everything and says so in its own words. */
function client401() {
  const body = Buffer.from(JSON.stringify({ error: { code: canary, message: canary }, detail: canary }));
  const transport = async () => ({
    kind: 'answer' as const,
    status: 400,
    headers: { 'x-canary': canary },
    body,
  });
  return createExchangeClient(clientTools({ transport: transport as never }), guideDialect);
}
