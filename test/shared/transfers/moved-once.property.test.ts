import fc from 'fast-check';
import { expect, it } from 'vitest';
import { minimum } from '../../../shared/ledger/decimal.ts';
import { tries } from '../../support/thorough.ts';
import { mostLagMs, type TickPlan, TransferWorld } from './support/transfer-world.ts';

const calm: TickPlan = {
  stepMs: 60_000,
  killAt: undefined,
  killAfterEffect: false,
  freezeAt: undefined,
  freezeTicks: 1,
  storeFaultAt: undefined,
  storeFaultAfterEffect: false,
  post: 'answered',
  history: 'complete',
  lagMs: { consumption: 0, trading: 0, history: 0 },
};

const atCall = fc.option(fc.nat(9), { nil: undefined, freq: 3 });
const lag = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: mostLagMs }));
const anyTick: fc.Arbitrary<TickPlan> = fc.record({
  stepMs: fc.oneof({ weight: 4, arbitrary: fc.constant(60_000) }, fc.integer({ min: 1, max: 200_000 })),
  killAt: atCall,
  killAfterEffect: fc.boolean(),
  freezeAt: atCall,
  freezeTicks: fc.integer({ min: 1, max: 4 }),
  storeFaultAt: atCall,
  storeFaultAfterEffect: fc.boolean(),
  post: fc.constantFrom('answered', 'lost-after', 'lost-before', 'late', 'refused', 'refused-and-done'),
  history: fc.constantFrom('complete', 'complete', 'incomplete', 'fails'),
  lagMs: fc.record({ consumption: lag, trading: lag, history: lag }),
});

/** Long enough for three misses, the first five minutes after a transfer, and for the hold after the last one. */
const healing = Array.from({ length: 25 }, () => calm);

it('whatever is killed, frozen or lost: nothing is sent twice, no more moved than needed, all settled at last', async () => {
  const seen = new Map<string, number>();
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const property = fc.asyncProperty(
    fc.array(anyTick, { minLength: 1, maxLength: 8 }),
    fc.bigInt({ min: 1n, max: 6n }),
    fc.bigInt({ min: 1n, max: 9n }),
    async (ticks, need, bought) => {
      const world = new TransferWorld(need, bought);
      for (const tick of [...ticks, ...healing]) await world.runTick(tick);
      expect(world.problems).toEqual([]);
      for (const posts of world.posts.values()) expect(posts).toBe(1);
      expect(world.movedBy()).toBe(minimum(need, bought));
      for (const { transferId, row, quantity } of world.movements) {
        const record = world.store.transfers.get(transferId);
        expect(record).toMatchObject({ state: 'DONE', quantity, exchangeTransferId: row.exchangeTransferId });
      }
      expect(await world.store.unfinished()).toEqual([]);
      for (const { state } of world.store.transfers.values()) count(state);
    },
  );
  await fc.assert(property, { numRuns: tries(400, 20_000) });
  // It really went wrong: all ends were reached.
  expect([...seen.keys()].toSorted()).toEqual(['ABANDONED', 'DONE', 'REJECTED']);
});
