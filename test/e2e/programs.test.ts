import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalService } from '../../local/service/start-local-service.ts';
import { orderListAnswer } from '../support/answers.ts';
import { startProgram } from '../support/run-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grid-buyer-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The order that a run of the console says it has placed. */
function placedIn(text: string) {
  return {
    id: /Order (g1a-[a-z2-7]{26}):/.exec(text)?.[1] ?? '',
    exchangeOrderId: /accepted by the exchange as (order_\S+)/.exec(text)?.[1] ?? '',
  };
}

/** What `npm start` has synthesized. */
const shownAssembly = resolve(import.meta.dirname, '../../.local/cdk.out');

describe('npm start', () => {
  it('buys a Unit from end to end and ends well', async () => {
    const { exitCode, stdout, stderr } = await startProgram('local/console/start.ts', ['--exit']).result;
    expect(stderr).toBe('');
    expect(stdout).toMatch(/Order g1a-[a-z2-7]{26}: 1 x chat-prime at no more than 2\.50 USD/);
    expect(stdout).toMatch(/accepted by the exchange as order_/);
    expect(stdout).toMatch(/FILLED: 1 bought at 2\.\d\d/);
    expect(stdout).toMatch(/chat-prime: [\d.]+ Units/);
    expect(stdout).toContain('in extenddb');
    expect(exitCode).toBe(0);
  });

  it('keeps running, keeps its data, stops at SIGINT, and goes on with the data at the next start', async () => {
    const args = ['--engine', 'dynoxide', '--data', join(folder, 'data')];
    const running = startProgram('local/console/start.ts', args);
    const first = await running.until(/Ctrl-C stops/);
    running.child.kill('SIGINT');
    expect((await running.result).exitCode).toBe(0);
    const again = await startProgram('local/console/start.ts', [...args, '--exit']).result;
    expect(again.exitCode).toBe(0);
    const orders = [placedIn(first), placedIn(again.stdout)];
    const service = await startLocalService({
      assemblyDirectory: shownAssembly,
      engine: 'dynoxide',
      dataDirectory: join(folder, 'data'),
    });
    try {
      const listed = v.parse(orderListAnswer, (await service.api.get('/orders')).body);
      const sent = service.exchange.admin.truth().orders.byClientId;
      const keys = service.exchange.admin.keys();
      expect(keys).toHaveLength(1);
      // Whoever watches the terminal learns nothing of the key.
      for (const { fingerprint } of keys) expect(first + again.stdout).not.toContain(fingerprint);
      // Top-ups of the schedule may have joined them.
      for (const { id, exchangeOrderId } of orders) {
        expect(listed.orders.find((order) => order.id === id)).toMatchObject({
          exchangeOrderId,
          state: 'FILLED',
        });
        expect(sent[id]).toEqual([exchangeOrderId]);
      }
    } finally {
      await service.close();
    }
  });

  it('says what is wrong with its command line', async () => {
    const { exitCode, stderr } = await startProgram('local/console/start.ts', [
      '--engine',
      'mysql',
      '--port',
      'x',
    ]).result;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--engine must be extenddb or dynoxide\n--port must be a number/);
  });
});
