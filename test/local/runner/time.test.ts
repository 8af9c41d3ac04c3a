import { expect, it } from 'vitest';
import { startFixture } from './support/fixture.ts';

const newYear = Date.UTC(2031, 0, 1);
const minute = 60_000;

/** A stack in a time that the test moves. */
async function startInTime() {
  const clock = { now: newYear };
  const stack = await startFixture({ time: () => clock.now });
  return { clock, stack, [Symbol.asyncDispose]: () => stack.close() };
}

it('gives functions the time of the event, which stands still while they run', async () => {
  await using world = await startInTime();
  const first = await world.stack.invoke('Behaviours', { do: 'tellTime' });
  world.clock.now += minute;
  const second = await world.stack.invoke('Behaviours', { do: 'tellTime' });
  expect([first, second]).toMatchObject([
    { ok: true, payload: { now: newYear, today: '2031-01-01T00:00:00.000Z', named: 5, remaining: 1000 } },
    { ok: true, payload: { now: newYear + minute, today: '2031-01-01T00:01:00.000Z', remaining: 1000 } },
  ]);
});

it('leaves timers and the time-out real', async () => {
  await using world = await startInTime();
  expect(await world.stack.invoke('Limited', { do: 'dawdle', milliseconds: 50 })).toMatchObject({ ok: true });
  const result = await world.stack.invoke('Behaviours', { do: 'hang' });
  expect(result).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
});

it('lets functions reach the services, also when the time has gone far', async () => {
  await using world = await startInTime();
  for (const days of [0, 1, 30]) {
    world.clock.now = newYear + days * 24 * 60 * minute;
    expect(await world.stack.invoke('Stores', { text: String(days) })).toMatchObject({
      ok: true,
      payload: { text: String(days) },
    });
  }
});
