import { describe, expect, it } from 'vitest';
import { simulate } from './run.ts';

const runs = 1_500;
const firstSeed = Number(process.env['SEED'] ?? 1);

describe('the production code in a simulated world', () => {
  it(`keeps all its rules through ${runs} runs with faults, and everything agrees after healing`, async () => {
    const failed: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const { violation } = await simulate({ seed, faultClass: 'A' });
      if (violation !== undefined)
        failed.push(`npm run simulate -- --seed ${seed} --class A --runs 1 --trace`);
    }
    expect(failed).toEqual([]);
  }, 120_000);

  it('takes the same course for the same seed', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [first, second] = [
        await simulate({ seed, faultClass: 'A' }),
        await simulate({ seed, faultClass: 'A' }),
      ];
      expect(second.digest).toBe(first.digest);
    }
  });
});
