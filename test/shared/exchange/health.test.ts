import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../../../shared/transport/transport.ts';
import { answer, scriptedTransport } from './support/answers.ts';
import { clientWith, testEpoch } from './support/client-tools.ts';
import { orderToSend } from './support/endpoints.ts';

const dateOf = (offset: number) => ({ date: new Date(testEpoch + offset).toUTCString() });
const good = answer(200, { data: [] }, dateOf(-7_000));

/** How the exchange has met a client that lists its accounts against these answers, once for each of them. */
async function healthAfter(...results: readonly HttpResult[]) {
  const client = clientWith({ transport: scriptedTransport(...results).transport });
  for (let read = 0; read < results.length; read += 1) {
    await client.getTradingAccounts().catch(() => undefined);
  }
  return client.health();
}

describe('how the exchange has met a client', () => {
  it('is not known before anything was read', async () => {
    expect(await healthAfter()).toEqual({ readsAnswered: 0, readsRefused: 0, clockOffsetMs: undefined });
  });

  it('counts what was answered, and what was refused for the key or the account', async () => {
    const health = await healthAfter(good, answer(401), answer(403), good);
    expect(health).toMatchObject({ readsAnswered: 2, readsRefused: 2 });
  });

  it.each([
    ['404', answer(404)],
    ['no JSON', answer(200, '<html></html>')],
    ['a redirect', answer(307)],
  ])('counts %s as neither', async (_what, result) => {
    expect(await healthAfter(result)).toMatchObject({ readsAnswered: 0, readsRefused: 0 });
  });

  it('counts a refusal that a corrected clock has mended as an answer', async () => {
    const { transport } = scriptedTransport(answer(401, '', dateOf(45_000)), good);
    const client = clientWith({ transport });
    await client.getTradingAccounts();
    expect(client.health()).toMatchObject({ readsAnswered: 1, readsRefused: 0 });
  });

  it.each([
    ['a read', 401, 1],
    ['a read', 403, 0],
    ['an order', 401, 1],
    ['an order', 403, 0],
  ])('lets go of the key when %s is refused with %d: %d times', async (what, status, times) => {
    let refused = 0;
    const onKeyRefused = (): void => {
      refused += 1;
    };
    const client = clientWith({ transport: scriptedTransport(answer(status)).transport, onKeyRefused });
    if (what === 'a read') await client.getTradingAccounts().catch(() => undefined);
    else await client.sendOrder(await client.prepareOrder(orderToSend));
    expect(refused).toBe(times);
  });

  it("tells the clock's error by the last answer that told the time, also one that no signature failed for", async () => {
    expect(await healthAfter(good, answer(200, { data: [] }))).toMatchObject({ clockOffsetMs: -7_000 });
    expect(await healthAfter(good, answer(401, '', dateOf(45_000)), good)).toMatchObject({
      clockOffsetMs: -7_000,
    });
    expect(await healthAfter(answer(200, { data: [] }, { date: 'yesterday' }))).toMatchObject({
      clockOffsetMs: undefined,
    });
  });
});
