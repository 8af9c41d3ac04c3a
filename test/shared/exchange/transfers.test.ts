import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModesChange } from '../../../local/exchange/modes.ts';
import { parseTransfer } from '../../../shared/exchange/parse-transfers.ts';
import { classifyTransfer } from '../../../shared/exchange/transfer-outcome.ts';
import { answer, queryOf, scriptedTransport } from './support/answers.ts';
import { anyAnswer } from './support/any-answer.ts';
import { clientWith, testEpoch, testKey } from './support/client-tools.ts';
import { openMarket } from './support/open-market.ts';
import { headersSign } from './support/verify-headers.ts';

const transfer = { transferId: `g1t-${'a'.repeat(26)}`, instrumentId: 'instrument_1', quantity: 3n };
const accepted = answer(200, { status: 'success', transfer_id: 'transfer_1' });
const unit = 100_000_000n;

describe('a transfer', () => {
  it.each([
    ['number', '{"instrument_id":"instrument_1","quantity":3}'],
    ['string', '{"instrument_id":"instrument_1","quantity":"3"}'],
  ] as const)('goes out as one signed POST of its own, its quantity a %s', async (quantityEncoding, body) => {
    const { transport, requests } = scriptedTransport(accepted);
    const client = clientWith({ transport }, { quantityEncoding });
    const prepared = await client.prepareTransfer(transfer);
    expect(prepared.signedAt).toBe(testEpoch);
    expect(requests).toEqual([]);
    expect(await client.sendTransfer(prepared)).toEqual({
      kind: 'accepted',
      exchangeTransferId: 'transfer_1',
    });
    const path = '/api/v1/trading/transfers/trading-to-consumption';
    expect(requests).toMatchObject([
      {
        method: 'POST',
        target: path,
        timeoutMs: 8_000,
        reuseConnection: false,
        headers: {
          'idempotency-key': transfer.transferId,
          'x-thegrid-fingerprint': testKey.fingerprint,
        },
      },
    ]);
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toBe(body);
    expect(headersSign(requests[0]?.headers ?? {}, { method: 'POST', path, body })).toBe(true);
  });

  it('is sent once, and not as an order', async () => {
    const { transport, requests } = scriptedTransport(accepted);
    const client = clientWith({ transport });
    const prepared = await client.prepareTransfer(transfer);
    await expect(client.sendOrder(prepared)).rejects.toThrow('for the same purpose');
    await client.sendTransfer(prepared);
    await expect(client.sendTransfer(prepared)).rejects.toThrow('sent once');
    expect(requests).toHaveLength(1);
  });
});

describe('the answer to a transfer', () => {
  const bodies: [string, unknown][] = [
    ['the form of the documents', { status: 'success', transfer_id: 'transfer_1' }],
    ['an envelope', { data: { id: 'transfer_1', status: 'completed', quantity: 3 } }],
    ['an envelope around the documented form', { data: { transfer_id: 'transfer_1' } }],
  ];
  it.each(bodies.flatMap(([name, body]) => [200, 201, 202].map((status) => ({ name, body, status }))))(
    'accepts with $status and $name',
    ({ body, status }) => {
      expect(classifyTransfer(answer(status, body))).toEqual({
        kind: 'accepted',
        exchangeTransferId: 'transfer_1',
      });
    },
  );

  it.each<[string, unknown, string]>([
    ['no id', { status: 'success' }, 'acceptance-without-id'],
    ['an id that may be the request’s', { id: 'transfer_1' }, 'acceptance-without-id'],
    ['a failure', { status: 'failed', transfer_id: 'transfer_1' }, 'acceptance-of-a-failure'],
    ['a page of HTML', '<html>', 'acceptance-unreadable'],
    ['nothing', '', 'acceptance-unreadable'],
    ['a list', [{ transfer_id: 'transfer_1' }], 'acceptance-unreadable'],
  ])('that is a 200 with %s leaves it open', (_what, body, code) => {
    expect(classifyTransfer(answer(200, body))).toEqual({ kind: 'unknown', status: 200, code });
  });

  it('refuses with a documented code only, by the same table as for orders', () => {
    const refusal = { error: { code: 'INSUFFICIENT_BALANCE' } };
    expect(classifyTransfer(answer(422, refusal))).toMatchObject({ kind: 'refused', status: 422 });
    for (const [status, body] of [
      [422, { error: { code: 'SOMETHING_NEW' } }],
      [404, { errors: { detail: 'Not Found' } }],
      [409, refusal],
      [500, refusal],
      [307, ''],
    ] as const) {
      expect(classifyTransfer(answer(status, body))).toMatchObject({ kind: 'unknown', status });
    }
    expect(classifyTransfer({ kind: 'not-sent', code: 'ECONNREFUSED' })).toMatchObject({ kind: 'not-sent' });
    expect(classifyTransfer({ kind: 'no-answer', code: 'ECONNRESET' })).toMatchObject({ kind: 'unknown' });
  });

  it('is one of four things whatever it is, and an acceptance only with an id in it', () => {
    const property = fc.property(anyAnswer, (result) => {
      const outcome = classifyTransfer(result);
      expect(['accepted', 'refused', 'not-sent', 'unknown']).toContain(outcome.kind);
      const body = result.kind === 'answer' ? result.body : '';
      if (outcome.kind === 'accepted') expect(body).toContain(outcome.exchangeTransferId);
    });
    fc.assert(property, { numRuns: 5_000 });
  });
});

describe('a row of the transfer history', () => {
  const row = {
    transfer_id: 'transfer_1',
    instrument_id: 'instrument_1',
    quantity: '3',
    created_at: '2026-11-23T12:00:00Z',
  };
  it('is read in the forms that are known', () => {
    const read = {
      exchangeTransferId: 'transfer_1',
      instrumentId: 'instrument_1',
      quantity: 3n * unit,
      createdAt: testEpoch,
      mayHaveMoved: true,
    };
    expect(parseTransfer(row)).toEqual(read);
    const { transfer_id: id, ...rest } = row;
    expect(parseTransfer({ ...rest, id, type: 'trading_to_consumption', status: 'completed' })).toEqual(read);
    expect(parseTransfer({ transfer_id: 'transfer_1' })).toEqual({
      ...read,
      instrumentId: undefined,
      quantity: undefined,
      createdAt: undefined,
    });
  });

  it.each([
    { status: 'failed' },
    { status: 'Cancelled' },
    { direction: 'consumption_to_trading' },
    { type: 'consumption_to_trading' },
  ])('has moved nothing to consumption with %j', (changes) => {
    expect(parseTransfer({ ...row, ...changes }).mayHaveMoved).toBe(false);
  });

  it.each([{ status: 'pending' }, { status: 'word of next year' }, { transfer_type: 'requested' }])(
    'may have with %j',
    (changes) => {
      expect(parseTransfer({ ...row, ...changes }).mayHaveMoved).toBe(true);
    },
  );

  it('without an id, or with a quantity that is none, cannot be read', () => {
    expect(() => parseTransfer({ ...row, transfer_id: '' })).toThrow('no id');
    expect(() => parseTransfer({ ...row, quantity: '-3' })).toThrow('negative');
  });
});

describe('the transfer history', () => {
  it.each(['transfer-histories', 'transfers/histories'] as const)(
    'is listed at %s',
    async (transferHistory) => {
      const { transport, requests } = scriptedTransport(answer(200, { data: [] }));
      const client = clientWith({ transport }, { transferHistory });
      expect(await client.listTransfers(testEpoch)).toEqual({ transfers: [], complete: true });
      const [request] = requests;
      expect(request?.target).toMatch(new RegExp(`^/api/v1/trading/${transferHistory}\\?`));
      expect(request && queryOf(request).get('start_datetime')).toBe(new Date(testEpoch).toISOString());
    },
  );

  it('is incomplete when a row cannot be read, and throws when nothing can', async () => {
    const rows = [{ transfer_id: 'transfer_1', quantity: 'many' }, { transfer_id: 'transfer_2' }];
    const { transport } = scriptedTransport(answer(200, { data: rows }), answer(404, ''));
    const client = clientWith({ transport });
    expect(await client.listTransfers(testEpoch)).toMatchObject({
      transfers: [{ exchangeTransferId: 'transfer_2' }],
      complete: false,
    });
    await expect(client.listTransfers(testEpoch)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('against an exchange', () => {
  it.each<ModesChange>([
    { transfer: 'off', transferAnswer: 'docs' },
    { transfer: 'off', transferAnswer: 'data', quantityOutput: 'string', paging: 'offset' },
  ])('Units are moved and listed, in the modes %j', async (modes) => {
    const { client, admin, buy } = await openMarket({ modes });
    const before = Date.now();
    await buy('g1a-bought', 3n, 200_000_000n);
    const { instrumentId } =
      (await client.getTradingAccounts()).find(({ available }) => available > 0n) ?? {};
    const wish = { ...transfer, instrumentId: instrumentId ?? '', quantity: 2n };
    const outcome = await client.sendTransfer(await client.prepareTransfer(wish));
    expect(outcome).toMatchObject({ kind: 'accepted' });
    const { transfers, complete } = await client.listTransfers(before - 1_000);
    expect(complete).toBe(true);
    expect(transfers).toEqual([
      {
        exchangeTransferId: outcome.kind === 'accepted' ? outcome.exchangeTransferId : '',
        instrumentId,
        quantity: 2n * unit,
        createdAt: expect.any(Number),
        mayHaveMoved: true,
      },
    ]);
    const { inTrading, held } = admin.truth().units['chat-prime'] ?? {};
    expect({ inTrading, held }).toEqual({ inTrading: '1', held: '2' });
    const tooMany = { ...wish, quantity: 2n };
    expect(await client.sendTransfer(await client.prepareTransfer(tooMany))).toMatchObject({
      kind: 'refused',
      code: 'INSUFFICIENT_BALANCE',
    });
  });
});
