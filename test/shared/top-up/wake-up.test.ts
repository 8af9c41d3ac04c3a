import { expect, it } from 'vitest';
import { wakeUp } from '../../../shared/top-up/wake-up.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

it('checks under an identity of its own', async () => {
  const gate = { begin: async () => ({ kind: 'begun' }) as const };
  const result = await wakeUp(
    { gate, clock: createVirtualClock(), log: createRecordedLog() },
    async (tick) => tick,
  );
  expect(result).toEqual({
    kind: 'checked',
    startedAt: testEpoch,
    check: { scheduleArn: 'wake-up', scheduledTime: '2026-11-23T12:00:00.000Z', trigger: 'wake-up' },
  });
});

it('does not check while another check is young, and says when one may begin', async () => {
  const gate = { begin: async () => ({ kind: 'running', startedAt: testEpoch - 4_000 }) as const };
  let checks = 0;
  const result = await wakeUp(
    { gate, clock: createVirtualClock(), log: createRecordedLog() },
    async () => (checks += 1),
  );
  expect(result).toEqual({ kind: 'running', startedAt: testEpoch - 4_000, retryAfterMs: 6_000 });
  expect(checks).toBe(0);
});
