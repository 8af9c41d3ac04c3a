import { expect, it } from 'vitest';
import { type SettingsMemory, watchSettings } from '../../../shared/orders/watch-settings.ts';

/** Looks at these settings one after the other and says each time whether they have changed. */
async function look(...marks: readonly string[]): Promise<readonly boolean[]> {
  let seen: string | undefined;
  const told: boolean[] = [];
  for (const mark of marks) {
    const memory: SettingsMemory = {
      current: async () => mark,
      lastSeen: async () => seen,
      note: async (noted) => {
        seen = noted;
      },
    };
    await watchSettings(memory, (haveChanged) => told.push(haveChanged));
  }
  return told;
}

it('a change of the settings is told once, and so is the change back', async () => {
  expect(await look('a', 'a', 'b', 'b', 'a')).toEqual([false, false, true, false, true]);
});

it('a change that cannot be noted is told before, and so again rather than never', async () => {
  const told: boolean[] = [];
  const memory: SettingsMemory = {
    current: async () => 'b',
    lastSeen: async () => 'a',
    note: () => Promise.reject(new Error('not written')),
  };
  for (const _ of [1, 2]) {
    await expect(watchSettings(memory, (haveChanged) => told.push(haveChanged))).rejects.toThrow(
      'not written',
    );
  }
  expect(told).toEqual([true, true]);
});
