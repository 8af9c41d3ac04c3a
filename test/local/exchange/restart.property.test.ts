import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockSetting } from '../../../local/exchange/clock.ts';
import { type RunningExchange, startExchange } from '../../../local/exchange/start.ts';
import { anyStep, type Step } from './inputs.ts';
import { createClientKey, PREFIX, type RawRequest, sendRaw, signedHeaders } from './support.ts';

const key = createClientKey();
const clocks: readonly ClockSetting[] = [
  { mode: 'stepped', startAt: '2026-03-02T09:00:00Z' },
  { mode: 'real' },
  { mode: 'accelerated', factor: 3.7 },
];

/** What happens between two steps. It must leave no trace. */
type Pause = 'nothing' | 'look' | 'restart';

/** An exchange and its owner, on a wall clock that moves only when a step says so. */
class Subject {
  readonly #clock: ClockSetting;
  readonly #dataDirectory: string | undefined;
  #exchange: RunningExchange | undefined;
  #wall = Date.parse('2026-03-02T09:00:00Z');

  constructor(clock: ClockSetting, dataDirectory?: string) {
    this.#clock = clock;
    this.#dataDirectory = dataDirectory;
  }

  async start(): Promise<void> {
    this.#exchange = await startExchange({
      publicKeys: [key.publicKey],
      clock: this.#clock,
      signatureLibrary: 'node',
      wallClock: () => this.#wall,
      dataDirectory: this.#dataDirectory,
    });
  }

  async stop(): Promise<void> {
    await this.#exchange?.close();
  }

  get exchange(): RunningExchange {
    if (this.#exchange === undefined) throw new Error('not started');
    return this.#exchange;
  }

  async call(method: string, path: string, body?: object): Promise<string> {
    const request: RawRequest = {
      method,
      target: `${PREFIX}${path}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const timestamp = String(Math.floor(this.#wall / 1000));
    const headers = signedHeaders(request, { key, timestamp });
    const { status, text } = await sendRaw(this.exchange.url, { ...request, headers });
    return `${status} ${text}`;
  }

  /** Takes a step and tells what came of it. */
  async take(step: Step): Promise<unknown> {
    const { admin } = this.exchange;
    const orderId = 'which' in step ? this.#orderId(step.which) : '';
    if ('fault' in step && step.fault !== null) admin.addFault(step.fault);
    switch (step.kind) {
      case 'order':
        return this.call('POST', '/orders', step.order);
      case 'cancel':
        return this.call('DELETE', `/orders/${orderId}`);
      case 'update':
        return this.call('PUT', `/orders/${orderId}`, step.change);
      case 'cancel-all':
        return this.call('DELETE', '/orders');
      case 'transfer': {
        const instrument_id = 'instrument_c18a986c-522b-475a-b319-f2d0ba04a64d';
        return this.call('POST', '/transfers/trading-to-consumption', {
          instrument_id,
          quantity: step.quantity,
        });
      }
      case 'wait':
        this.#wall += step.milliseconds;
        return null;
      case 'fill':
        return orRefusal(() => admin.fillOrder({ orderId, units: 1 }));
      case 'admin':
        return orRefusal(() => admin[step.operation].accept(step.input));
    }
  }

  async pause(pause: Pause): Promise<void> {
    if (pause === 'nothing') return;
    if (pause === 'look') {
      this.exchange.admin.truth();
      await this.call('GET', '/orders?limit=3');
      return;
    }
    await this.stop();
    await this.start();
  }

  /** Everything that is true, calls and faults excepted. */
  async state(): Promise<unknown> {
    const { admin } = this.exchange;
    const { calls: _, ...truth } = admin.truth();
    return {
      truth,
      orders: admin.orders(),
      trades: admin.trades(),
      lots: admin.lots(),
      book: admin.book(),
      sellers: admin.sellers(),
      modes: admin.modes(),
      keys: admin.keys(),
      clock: admin.clock(),
      shown: await this.call('GET', '/orders?limit=100'),
      transfers: await this.call('GET', '/transfer-histories?limit=100'),
    };
  }

  #orderId(which: number): string {
    const orders = this.exchange.admin.orders();
    return orders[which % Math.max(1, orders.length)]?.orderId ?? 'order_of-nobody';
  }
}

function orRefusal(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-restart-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an exchange that is kept in a folder', () => {
  it('is the same after any inputs, whenever it was stopped and whoever looked at it', async () => {
    const step = fc.record({ step: anyStep, pause: fc.constantFrom<Pause>('nothing', 'look', 'restart') });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...clocks),
        fc.array(step, { minLength: 1, maxLength: 25 }),
        (clock, steps) =>
          withFolder(async (folder) => {
            const steady = new Subject(clock);
            const restarted = new Subject(clock, folder);
            await Promise.all([steady.start(), restarted.start()]);
            try {
              for (const { step: taken, pause } of steps) {
                expect(await restarted.take(taken)).toEqual(await steady.take(taken));
                await restarted.pause(pause);
              }
              await restarted.pause('restart');
              expect(await restarted.state()).toEqual(await steady.state());
            } finally {
              await Promise.all([steady.stop(), restarted.stop()]);
            }
          }),
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});
