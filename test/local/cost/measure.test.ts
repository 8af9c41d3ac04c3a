import { expect, it } from 'vitest';
import { perRun } from '../../../local/cost/bill.ts';
import { readCounts, type Work } from '../../../local/cost/counts.ts';
import type { Fraction } from '../../../local/cost/fraction.ts';
import { measure } from '../../../local/cost/measure.ts';
import { synthesize } from '../../../local/service/synthesize.ts';
import { temporaryFolder } from '../../infra/support/temporary-folder.ts';

const toNumber = ({ numerator, denominator }: Fraction) => Number(numerator) / Number(denominator);

/** What is counted does not depend on the machine, but for its time, and for a line more or less. */
const counted = ['readUnits', 'writeUnits', 'tableRequests', 'exchangeRequests', 'logBytes'] as const;

it('the counts that the bill rests on are those of the bundles', async () => {
  const folder = temporaryFolder();
  await synthesize(process.cwd(), folder, 'example');
  const anew = await measure(folder, { checks: 4, orders: 6 });
  const kept = readCounts();
  expect(anew.template).toEqual(kept.template);
  expect(anew.metrics).toEqual(kept.metrics);
  for (const kind of ['check', 'place', 'look', 'settle'] as const) {
    const pick = (work: Work) => counted.map((name) => toNumber(perRun(work, name)));
    pick(anew.work[kind]).forEach((value, index) => {
      const before = pick(kept.work[kind])[index] ?? 0;
      const what = `${kind}: ${counted[index]}; run npm run cost -- --measure --write`;
      expect(Math.abs(value - before), what).toBeLessThanOrEqual(1 + before * 0.15);
    });
  }
  expect(Math.abs(anew.stored.order - kept.stored.order)).toBeLessThan(kept.stored.order * 0.1);
}, 120_000);
