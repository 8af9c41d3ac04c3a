import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import { answer, computedTransport } from './support/answers.ts';
import { anyAccountList } from './support/any-answer.ts';
import { clientWith } from './support/client-tools.ts';

/** Every decimal written in a text, cut behind the eighth decimal, in units of 10⁻⁸. */
function amountsWrittenIn(body: string): Set<bigint> {
  const balances = [...body.matchAll(/_balance":"?(\d+)(?:\.(\d+))?/g)];
  return new Set(
    balances.map(([, whole = '', fraction = '']) => BigInt(whole + fraction.slice(0, 8).padEnd(8, '0'))),
  );
}

it('returns no balance that does not stand in the answer, or is the difference of two that do', async () => {
  const seen = { balances: 0, refusals: 0 };
  const property = fc.asyncProperty(
    anyAccountList,
    fc.constantFrom('available', 'total'),
    async (body, basis) => {
      const { transport } = computedTransport(() => answer(200, body));
      const accounts = await clientWith({ transport }, { balanceBasis: basis })
        .getConsumptionAccounts()
        .catch((error: unknown) => {
          expect(error).toBeInstanceOf(ExchangeReadError);
          seen.refusals += 1;
          return [];
        });
      const written = amountsWrittenIn(body);
      for (const { usable, total } of accounts) {
        seen.balances += 1;
        const committed =
          total === undefined ? [] : [...written].map((one) => (total > one ? total - one : 0n));
        expect(written.has(usable) || (basis === 'available' && committed.includes(usable))).toBe(true);
        expect(total === undefined || written.has(total)).toBe(true);
      }
    },
  );
  await fc.assert(property, { numRuns: 1_000 });
  expect(Math.min(seen.balances, seen.refusals)).toBeGreaterThan(100);
});
