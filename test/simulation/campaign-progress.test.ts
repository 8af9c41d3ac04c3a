import { expect, it } from 'vitest';
import type { FailedRun } from './runner/batch.ts';
import { campaignProgress } from './runner/campaign-progress.ts';

const failed = {
  seed: 7,
  faultClass: 'B',
  violation: { invariant: 'I2', finding: 'two orders' },
} as unknown as FailedRun;

function written(isTTY: boolean, batches: readonly (readonly FailedRun[])[]): string {
  let text = '';
  const progress = campaignProgress({ isTTY, write: (more: string) => (text += more) }, 100);
  for (const [index, batch] of batches.entries()) progress((index + 1) * 4, batch);
  return text;
}

it('writes a line for every twentieth where nobody watches, and a violation at once with its seed', () => {
  expect(written(false, [[], [], [failed]]).split('\n')).toEqual([
    '8 of 100 runs, 0 violations',
    'I2: npm run simulate -- --seed 7 --class B --runs 1 --trace',
    '12 of 100 runs, 1 violations',
    '',
  ]);
});

it('keeps to one line on a terminal', () => {
  expect(written(true, [[], []])).toBe('\r4 of 100 runs, 0 violations \r8 of 100 runs, 0 violations ');
});
