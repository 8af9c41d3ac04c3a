import { describe, expect, it } from 'vitest';
import { type FaultRow, faultRows } from './fault-rows.ts';
import { noFaults } from './faults/draw-faults.ts';
import { simulate } from './run.ts';
import type { Scenario } from './world/scenario.ts';

const minuteMs = 60_000;
const dollar = 100_000_000n;
/** By the exchange's port, and over the wire with its client. */
const seeds = { port: [1, 2, 3, 4], wire: [5, 6] };

/** Busy, and without any trouble of its own. */
const calm: Partial<Scenario> = {
  startsAt: Date.parse('2026-11-23T12:00:10.000Z'),
  activeMs: 40 * minuteMs,
  skew: { least: 0, most: 0 },
  deduplication: 'none',
  listOrder: 'descending',
  listFilters: true,
  pageSize: 20,
  showsClientIds: true,
  transferCount: 'counts',
  balanceLagSeconds: 45,
  foreignOrders: 'count',
  funds: 10_000n * dollar,
  mode: 'LIVE',
  limits: {
    perOrder: 1_000n * dollar,
    perDay: 10_000n * dollar,
    perMonth: 50_000n * dollar,
    ordersPerHour: 60n,
  },
  startingUnits: [2, 2],
  consumptionPerMinute: 3,
  apiOrders: 10,
  maximumRestMs: 5 * minuteMs,
};

/** Runs the row's fault alone, and gives what the journals of all runs say. */
async function journalsOf({ faults, scenario, faultClass = 'A' }: FaultRow): Promise<readonly string[]> {
  const journals: string[] = [];
  for (const overTheWire of [false, true]) {
    for (const seed of overTheWire ? seeds.wire : seeds.port) {
      const { violation, trace } = await simulate({
        seed,
        faultClass,
        trace: true,
        overTheWire,
        scenario: { ...calm, ...scenario, faults: { ...noFaults(), ...faults } },
      });
      expect(violation, `seed ${seed}, over the wire: ${overTheWire}`).toBeUndefined();
      journals.push(trace.join('\n'));
    }
  }
  return journals;
}

/** Afterwards all goes well, also what could not before. */
function untilHealed(journal: string): string {
  return journal.slice(0, journal.search(/ healed/));
}

describe('one fault alone, at full strength', () => {
  it.each(faultRows)('$title', async (row) => {
    const journals = await journalsOf(row);
    for (const line of row.journal) {
      const isThere = journals.some((journal) => line.test(journal));
      expect(isThere, `no journal has ${String(line)}`).toBe(true);
    }
    for (const line of row.never ?? []) {
      for (const journal of journals) expect(line.exec(untilHealed(journal))?.[0]).toBeUndefined();
    }
  });
});
