import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { knownFindings } from './known-findings.ts';
import { plantedBugs } from './planted-bugs.ts';
import { regressions } from './regressions.ts';
import { simulate } from './run.ts';
import { runCampaign } from './runner/campaign.ts';
import { replayCommand } from './runner/report.ts';
import type { Violation } from './world/world.ts';

const campaignRuns = 3_000;
const seedsUntilFound = 600;
const longMs = 120_000;

describe('the service under random faults', () => {
  it(`keeps every rule in ${campaignRuns} runs`, { timeout: longMs }, async () => {
    const { failed, statistics } = await runCampaign({
      firstSeed: 1,
      runs: campaignRuns,
      faultClass: undefined,
      workers: availableParallelism(),
    });
    expect(failed.map((run) => `${run.violation.finding}: ${replayCommand(run)}`)).toEqual([]);
    const { A, B, D } = statistics;
    expect(A.runs + B.runs + D.runs).toBe(campaignRuns);
    // A simulation in which nothing happens keeps every rule as well.
    expect(A.posts).toBeGreaterThan(5_000);
    expect(A.unknownOutcomes).toBeGreaterThan(1_000);
    expect(A.kills).toBeGreaterThan(1_000);
    expect(A.freezes).toBeGreaterThan(500);
    expect(A.lateSightings).toBeGreaterThan(50);
    expect(B.abandoned).toBeGreaterThan(100);
    expect(D.twins).toBeGreaterThan(100);
  });

  it.each(regressions)(
    'seed $seed of class $faultClass stays mended ($was)',
    async ({ seed, faultClass }) => {
      expect((await simulate({ seed, faultClass, checksPending: true })).violation).toBeUndefined();
    },
  );

  for (const { invariant, reason, seeds, faultClass, fixedFaults = {} } of knownFindings) {
    it.skip(`${invariant}, not mended: ${reason}`, async () => {
      for (const seed of seeds) {
        const { violation } = await simulate({ seed, faultClass, fixedFaults, checksPending: true });
        expect(violation).toBeUndefined();
      }
    });
  }
});

describe('the simulation', () => {
  it.each([7, 48, 99, 153])('takes the same course for seed %i each time', async (seed) => {
    for (const faultClass of ['A', 'B', 'D'] as const) {
      const first = await simulate({ seed, faultClass });
      const second = await simulate({ seed, faultClass, trace: true });
      expect(second.digest).toBe(first.digest);
      expect(second.statistics).toEqual(first.statistics);
    }
  });

  it('takes another course for another seed', async () => {
    const digests = new Set<string>();
    for (let seed = 1; seed <= 50; seed += 1) digests.add((await simulate({ seed, faultClass: 'A' })).digest);
    expect(digests.size).toBe(50);
  });

  it.each(plantedBugs)('finds $name', { timeout: longMs }, async ({ breaks, faultClass, changes }) => {
    let found: Violation | undefined;
    for (let seed = 1; seed <= seedsUntilFound && found === undefined; seed += 1) {
      found = (await simulate({ seed, faultClass, portChanges: changes })).violation;
    }
    expect(breaks).toContain(found?.invariant);
  });
});
