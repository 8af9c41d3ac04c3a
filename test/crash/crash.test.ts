import { expect, it } from 'vitest';
import { assemblyDirectory } from '../global-setup.ts';
import { runCrashRounds } from './rounds.ts';

it('killed with SIGKILL while buying, again and again: nothing is bought twice, and the books agree', async () => {
  const { accepted, problems } = await runCrashRounds(4, assemblyDirectory, Math.random);
  expect(problems).toEqual([]);
  expect(accepted).toBeGreaterThan(0);
}, 120_000);
