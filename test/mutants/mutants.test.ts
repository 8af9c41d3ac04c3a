import { describe, expect, it } from 'vitest';
import { replacementsOf } from './mutant.ts';
import { mutants } from './mutants.ts';
import { problemsOf } from './replace-source.ts';
import { isFound, tryMutant } from './try-mutant.ts';

/** One of each kind: found by a request, by the books, by the table's conditions, over the wire, after a restore. */
const quick = new Set([
  'a claim that always succeeds',
  'sends again when it hears nothing',
  'abandoned orders give their money back',
  'what is ordered is not counted',
  'server errors are refusals',
  'orders are recorded by settings that have changed since',
  'orders unknown to a restored table are not taken up',
]);
const mostSeeds = 60;
const longMs = 120_000;

describe('the rules of the design, taken out of the production code', () => {
  it('fit the code as it is: each replacement is made in exactly one place', async () => {
    expect(await problemsOf(mutants.flatMap(replacementsOf))).toEqual([]);
  });

  it('are known by a name each, and are more than seventeen', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThan(17);
  });

  it.each(mutants.filter(({ name }) => quick.has(name)))(
    'are missed by the simulation: $name',
    { timeout: longMs },
    async (mutant) => {
      const result = await tryMutant(mutant, mostSeeds);
      expect(isFound(result), JSON.stringify(result)).toBe(true);
    },
  );
});
