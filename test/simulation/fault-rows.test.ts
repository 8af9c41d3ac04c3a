import { describe, expect, it } from 'vitest';
import { tries } from '../support/thorough.ts';
import { type FaultRow, faultRows } from './fault-rows.ts';
import { noFaults } from './faults/draw-faults.ts';
import { simulate } from './run.ts';
import type { Scenario } from './world/scenario.ts';

const minuteMs = 60_000;
const dollar = 100_000_000n;
/** By the exchange's port, and over the wire with its client. */
const runs = [
  { seed: 1, overTheWire: false },
  { seed: 5, overTheWire: true },
  { seed: 2, overTheWire: false },
  { seed: 6, overTheWire: true },
  { seed: 3, overTheWire: false },
  { seed: 4, overTheWire: false },
];

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

/**
 * Runs the row's fault alone, and gives what the journals of all runs say. Usually both ways once, and then until everything is
 * there that the row asks for; thoroughly all of them.
 */
async function journalsOf(row: FaultRow): Promise<readonly string[]> {
  const journals: string[] = [];
  for (const [index, { seed, overTheWire }] of runs.entries()) {
    if (index >= tries(2, runs.length) && missingIn(journals, row).length === 0) break;
    const { violation, trace } = await simulate({
      seed,
      faultClass: row.faultClass ?? 'A',
      trace: true,
      overTheWire,
      scenario: { ...calm, ...row.scenario, faults: { ...noFaults(), ...row.faults } },
    });
    expect(violation, `seed ${seed}, over the wire: ${overTheWire}`).toBeUndefined();
    journals.push(trace.join('\n'));
  }
  return journals;
}

/** What the row asks for and no journal has. */
function missingIn(journals: readonly string[], { journal: lines }: FaultRow): readonly RegExp[] {
  return lines.filter((line) => !journals.some((journal) => line.test(journal)));
}

/** Afterwards all goes well, also what could not before. */
function untilHealed(journal: string): string {
  return journal.slice(0, journal.search(/ healed/));
}

describe('one fault alone, at full strength', () => {
  it.each(faultRows)('$title', async (row) => {
    const journals = await journalsOf(row);
    expect(missingIn(journals, row)).toEqual([]);
    for (const line of row.never ?? []) {
      for (const journal of journals) expect(line.exec(untilHealed(journal))?.[0]).toBeUndefined();
    }
  });
});
