import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ExchangeOptions, startExchange } from '../../../local/exchange/start.ts';
import { column, createClientKey, orderIdOf, startWorld, type World } from './support.ts';

let folder: string;
let journal: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-restart-'));
  journal = join(folder, 'exchange.jsonl');
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function start(options: ExchangeOptions = {}): Promise<World> {
  return startWorld({ dataDirectory: folder, ...options });
}

/** Runs something on an exchange that is stopped afterwards. */
async function session<Result>(
  run: (world: World) => Result | Promise<Result>,
  options?: ExchangeOptions,
): Promise<Result> {
  const world = await start(options);
  const result = await run(world);
  await world.exchange.close();
  return result;
}

const lines = () => readFileSync(journal, 'utf8').trimEnd().split('\n');

describe('an exchange with a data directory', () => {
  it('goes on where it ended: orders, ids, client ids, money and Units', async () => {
    const first = await session((world) => world.buy());
    await session(async (world) => {
      const again = await world.buy();
      expect(again.status).toBe(422);
      const second = await world.buy({ client_order_id: 'buy-2' });
      expect(orderIdOf(second)).not.toBe(orderIdOf(first));
      expect(column(await world.call('GET', '/orders'), 'order_id')).toEqual([first, second].map(orderIdOf));
      expect(world.admin.truth()).toMatchObject({
        conserved: true,
        units: { 'chat-prime': { bought: '2' } },
      });
    });
  });

  it('has lived on meanwhile when its time is real: Lots have expired, the application has burnt', async () => {
    let wall = Date.now();
    const options: ExchangeOptions = { clock: { mode: 'real' }, wallClock: () => wall };
    await session(async (world) => {
      await world.buy({ quantity: 10 });
      world.admin.setBurn({ instrument: 'chat-prime', unitsPerMinute: '0.01' });
    }, options);
    wall += 24 * 3_600_000;
    await session(({ admin }) => {
      expect(admin.units()['chat-prime']).toMatchObject({ consumed: '2.4', expired: '7.6', held: '0' });
      expect(admin.clock().now).toBe(new Date(wall).toISOString());
    }, options);
  });

  it('never goes back in time, though the wall clock was set back', async () => {
    let wall = Date.now();
    const options: ExchangeOptions = { clock: { mode: 'real' }, wallClock: () => wall };
    await session(async (world) => {
      wall += 60_000;
      world.admin.setUsd({ available: '5' });
    }, options);
    const newest = wall;
    wall -= 3_600_000;
    await session(({ admin }) => expect(admin.clock().now).toBe(new Date(newest).toISOString()), options);
  });

  it('keeps what a fault has done, not the fault', async () => {
    const { fingerprint, publicKey } = createClientKey();
    const keys = await session(async (world) => {
      world.admin.addKey({ publicKey });
      world.admin.revokeKey({ fingerprint });
      world.admin.addFault({ endpoint: 'POST /orders', stage: 'before', effect: { kind: 'key-revoked' } });
      world.admin.addFault({ endpoint: '*', when: { always: true }, effect: { kind: 'html' } });
      expect((await world.buy()).status).toBe(401);
      return world.admin.keys();
    });
    await session(({ admin }) => {
      expect(admin.faults()).toEqual([]);
      expect(admin.keys()).toEqual(keys);
      expect(keys.map(({ revoked }) => revoked)).toEqual([true, true]);
    });
  });

  it('lets a request arrive late that was cut off before the end', async () => {
    await session(async (world) => {
      const effect = { kind: 'late-acceptance', seconds: 20, connection: '504' } as const;
      world.admin.addFault({ endpoint: 'POST /orders', effect });
      await world.buy().catch(() => undefined);
      expect(world.admin.truth().orders.accepted).toBe(0);
    });
    await session(({ admin }) => {
      admin.setClock({ advanceSeconds: 20 });
      expect(Object.keys(admin.truth().orders.byClientId)).toEqual(['buy-1']);
    });
  });

  it('registers further keys, and leaves those it knows as they are', async () => {
    const { fingerprint, publicKey } = createClientKey();
    const options = { publicKeys: [publicKey] };
    await session(({ admin }) => admin.revokeKey({ fingerprint }), options);
    const other = createClientKey();
    await session(
      ({ admin }) =>
        expect(admin.keys()).toEqual([
          { fingerprint, revoked: true },
          { fingerprint: other.fingerprint, revoked: false },
        ]),
      { publicKeys: [publicKey, other.publicKey] },
    );
    await session(({ admin }) => expect(admin.keys()).toHaveLength(2), { publicKeys: [] });
  });

  it('starts anew on a reset, also with another seed', async () => {
    await session(async (world) => {
      await world.buy();
      world.admin.reset({ seed: 99 });
      expect(lines()).toHaveLength(1);
      await world.buy();
    });
    const [kept] = await session(({ admin }) => admin.orders());
    const fresh = await startWorld({ seed: 99 });
    expect(kept?.orderId).toBe(orderIdOf(await fresh.buy()));
  });

  it('writes down what changes something, and nothing else', async () => {
    await session(async (world) => {
      await world.buy();
      await world.call('GET', '/orders');
      world.admin.truth();
      await world.call('DELETE', '/orders/order_of-nobody');
      expect(() => world.admin.setUsd({ available: 'much' })).toThrow(/decimal/);
    });
    expect(lines().map((line) => /"endpoint":"(.*?)"/.exec(line)?.[1])).toEqual([
      undefined,
      'POST /orders',
      'DELETE /orders/{id}',
    ]);
  });

  it('changes nothing any more once it is stopped', async () => {
    const { admin, exchange } = await start();
    await exchange.close();
    expect(() => admin.setUsd({ available: '1' })).toThrow(/stopped/);
    expect(() => admin.reset()).toThrow(/stopped/);
  });

  it('belongs to one process at a time; a lock that was left behind is taken over', async () => {
    const world = await start();
    await expect(start()).rejects.toThrow(/uses this data directory already/);
    await world.exchange.close();
    const next = await start();
    await world.exchange.close();
    await expect(start()).rejects.toThrow(/uses this data directory already/);
    await next.exchange.close();
    writeFileSync(join(folder, 'exchange.lock'), '999999999');
    await session(({ admin }) => expect(admin.truth().conserved).toBe(true));
  });

  it('gives the folder back when it cannot start', async () => {
    const port = Number(new URL((await startWorld()).exchange.url).port);
    await expect(start({ port })).rejects.toThrow(/EADDRINUSE/);
    await session(() => undefined);
  });
});

describe('the journal of an exchange', () => {
  it('may end with a line that was never finished: it is dropped, with a note', async () => {
    await session((world) => world.buy());
    const whole = readFileSync(journal, 'utf8');
    appendFileSync(journal, '{"kind":"admin","operation":"setU');
    const notes: string[] = [];
    await session(({ admin }) => expect(admin.truth().orders.accepted).toBe(1), {
      log: (line) => notes.push(line),
    });
    expect(notes).toEqual([expect.stringMatching(/last line was never finished/)]);
    expect(readFileSync(journal, 'utf8')).toBe(whole);
  });

  it('may be empty, or nothing but a torn first line', async () => {
    for (const text of ['', '{"version":']) {
      writeFileSync(journal, text);
      await session(({ admin }) => expect(admin.truth().orders.accepted).toBe(0));
      expect(lines()).toHaveLength(1);
    }
  });

  it.each([
    ['a line that is not JSON', (all: string[]) => [...all, 'rubbish'], /line 4 is damaged/],
    ['a line of another shape', (all: string[]) => [...all, '{"kind":"admin"}'], /line 4 is damaged/],
    ['a missing line', ([header = '', , last = '']: string[]) => [header, last], /line 2 cannot be repeated/],
    ['a line twice', (all: string[]) => [...all, all[1] ?? ''], /line 4 cannot be repeated/],
    [
      'lines that run back in time',
      ([header = '', first = '', last = '']: string[]) => [header, first, last.replace(/"at":\d+/, '"at":5')],
      /line 3 cannot be repeated \(it is older/,
    ],
    [
      'another format',
      ([header = '', ...rest]: string[]) => [header.replace('"version":1', '"version":7'), ...rest],
      /it has format 7, and this simulator reads format 1 only/,
    ],
    ['no header', ([, ...rest]: string[]) => rest, /line 1 is damaged/],
  ])('is refused with %s', async (_, spoil, problem) => {
    await session(async (world) => {
      await world.buy();
      world.admin.setUsd({ available: '3' });
    });
    writeFileSync(journal, `${spoil(lines()).join('\n')}\n`);
    const attempt = startExchange({ dataDirectory: folder });
    await expect(attempt).rejects.toThrow(problem);
    await expect(startExchange({ dataDirectory: folder })).rejects.toThrow(/Delete the file/);
  });

  it.each<[string, ExchangeOptions]>([
    ['seed', { seed: 4 }],
    ['USD at the start', { usd: '7' }],
    ['clock', { clock: { mode: 'real' } }],
    ['clock', { clock: { mode: 'stepped', startAt: '2026-03-03T00:00:00Z' } }],
    ['modes', { modes: { feeRate: '0.2' } }],
    ['sellers', { sellers: true }],
  ])('contradicts another %s', async (name, options) => {
    await session(() => undefined, { seed: 3, modes: { feeRate: '0.1', transfer: 'off' }, sellers: false });
    await expect(startExchange({ dataDirectory: folder, ...options })).rejects.toThrow(
      `it was started with another value for: ${name}.`,
    );
  });

  it.each<[string, ExchangeOptions]>([
    ['nothing', {}],
    ['the same', { seed: 3, usd: '1000.00', modes: { feeRate: '0.1' }, sellers: false }],
    ['a part of the same', { clock: { mode: 'stepped' }, modes: {} }],
  ])('goes with %s', async (_, options) => {
    await session(() => undefined, { seed: 3, modes: { feeRate: '0.1', transfer: 'off' }, sellers: false });
    const exchange = await startExchange({ dataDirectory: folder, ...options });
    onTestFinished(() => exchange.close());
    expect(exchange.admin.modes()).toMatchObject({ feeRate: '0.1', transfer: 'off' });
    expect(exchange.admin.book()[0]?.sell).toEqual([]);
  });
});
