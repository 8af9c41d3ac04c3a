import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleLikeOurs, bundleOfficial } from '../../bench/processes/bundle-handlers.ts';
import { runCold } from '../../bench/processes/cold-run.ts';
import { drive } from '../../bench/processes/drive.ts';
import { createProcessorShare } from '../../bench/processes/processor-share.ts';
import { isAnswer, orderEvent } from '../../bench/surroundings/events.ts';
import { type Surroundings, startSurroundings } from '../../bench/surroundings/surroundings.ts';
import { assemblyDirectory } from '../global-setup.ts';
import { temporaryFolder } from '../infra/support/temporary-folder.ts';

const folder = temporaryFolder();
let surroundings: Surroundings;
let orders = 0;

beforeAll(async () => {
  surroundings = await startSurroundings({ assemblyDirectory });
});
afterAll(() => surroundings.close());

const freshOrder = () => {
  orders += 1;
  return orderEvent(`test-${orders}`);
};

describe('a function in a fresh process', () => {
  it('places an order over TLS, and its start and invocations are measured', async () => {
    const place = surroundings.placeOf('place-order');
    const run = await runCold({ place, event: freshOrder, isRight: isAnswer(201) }, undefined);
    for (const { wallMs, cpuMs, cpuSinceStartMs, memoryBytes, hasLoadedUndici } of [
      run.init,
      run.first,
      run.second,
    ]) {
      expect(wallMs).toBeGreaterThan(0);
      expect(cpuMs).toBeGreaterThan(0);
      expect(cpuSinceStartMs).toBeGreaterThan(cpuMs);
      expect(memoryBytes).toBeGreaterThan(20_000_000);
      expect(hasLoadedUndici).toBe(false);
    }
    // Two orders, after a look at the settings and one into the secret at the start.
    expect(surroundings.fronts.exchange.takeCounts()).toEqual(new Map([['POST /orders', 2]]));
    expect(surroundings.fronts.dynamoDb.takeCounts().get('TransactWriteItems')).toBe(6);
    expect(surroundings.fronts.secretsManager.takeCounts()).toEqual(new Map([['GetSecretValue', 1]]));
  });

  it('that answers otherwise is no measurement', async () => {
    const place = surroundings.placeLike('place-order', await bundleLikeOurs('empty', folder));
    const subject = { place, event: freshOrder, isRight: isAnswer(201) };
    await expect(runCold(subject, undefined)).rejects.toThrow('The function has answered {"statusCode":200}');
  });
});

describe('a function in a warm process', () => {
  it.each(['bare', 'same-requests'])('%s answers', async (name) => {
    const place = surroundings.placeLike('place-order', await bundleLikeOurs(name, folder));
    const driven = await drive(place, { event: {}, concurrency: 2, warmUp: 2, count: 4, status: 200 });
    expect(driven).toMatchObject({ answers: { 200: 6 } });
    expect(driven.runs).toHaveLength(4);
  });

  it('the official way buys too', async () => {
    const place = surroundings.placeLike('place-order', await bundleOfficial(folder));
    const before = surroundings.service.exchange.admin.truth().orders.accepted;
    await drive(place, { event: orderEvent('@NUMBER@'), concurrency: 1, warmUp: 0, count: 1, status: 201 });
    expect(surroundings.service.exchange.admin.truth().orders.accepted).toBe(before + 1);
  });

  it('that answers otherwise is no measurement', async () => {
    const place = surroundings.placeLike('place-order', await bundleLikeOurs('empty', folder));
    const wrong = drive(place, { event: {}, concurrency: 1, warmUp: 0, count: 1, status: 201 });
    await expect(wrong).rejects.toThrow('The answers were {"200":1}');
  });
});

it('a share of a processor is what it says, and leaves nothing behind', () => {
  const share = createProcessorShare(0.25);
  // Where control groups cannot be used there is none.
  const folderOfGroup = share === undefined ? '/nowhere' : join(share.tasks, '..');
  const quota =
    share === undefined ? 5_000 : Number(readFileSync(join(folderOfGroup, 'cpu.cfs_quota_us'), 'utf8'));
  expect(quota).toBe(5_000);
  share?.close();
  expect(existsSync(folderOfGroup)).toBe(false);
});
