import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { tries } from '../support/thorough.ts';
import { faultClasses } from './faults/fault-plan.ts';
import { simulate } from './run.ts';
import { runCampaign } from './runner/campaign.ts';
import { replayCommand } from './runner/report.ts';
import { addStatistics, noStatistics } from './world/statistics.ts';

const campaignRuns = tries(1_000, 4_000);
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
    const { A, B, D, R } = statistics;
    expect(A.runs + B.runs + D.runs + R.runs).toBe(campaignRuns);
    // A simulation in which nothing happens keeps every rule as well.
    const perThousandRuns = (count: number): number => (count * 1_000) / campaignRuns;
    expect(perThousandRuns(A.posts)).toBeGreaterThan(1_400);
    expect(perThousandRuns(A.unknownOutcomes)).toBeGreaterThan(340);
    expect(perThousandRuns(A.kills)).toBeGreaterThan(470);
    expect(perThousandRuns(A.freezes)).toBeGreaterThan(270);
    expect(perThousandRuns(A.lateSightings)).toBeGreaterThan(20);
    expect(perThousandRuns(A.foreignOrders)).toBeGreaterThan(20);
    expect(perThousandRuns(A.overruns)).toBeGreaterThan(4);
    expect(perThousandRuns(A.transfersTaken)).toBeGreaterThan(200);
    expect(perThousandRuns(A.reservations)).toBeGreaterThan(140);
    expect(perThousandRuns(A.transfersAbandoned)).toBeGreaterThan(7);
    expect(perThousandRuns(B.abandoned)).toBeGreaterThan(34);
    expect(perThousandRuns(D.twins)).toBeGreaterThan(47);
    expect(R.restores).toBe(R.runs);
    expect(perThousandRuns(R.perhapsSent)).toBeGreaterThan(12);
    expect(perThousandRuns(R.adopted)).toBeGreaterThan(30);
    expect(perThousandRuns(R.replayedAfterRestore)).toBeGreaterThan(150);
    expect(perThousandRuns(R.adoptedReplayed)).toBeGreaterThan(45);
  });
});

describe('the client of the exchange, over the simulated wire', () => {
  it('buys by itself and moves what it has bought', async () => {
    const total = noStatistics();
    for (let seed = 1; seed <= 12; seed += 1) {
      const scenario = { apiOrders: 0, unitsStayInTrading: true, consumptionPerMinute: 3 };
      const run = await simulate({ seed, faultClass: 'A', overTheWire: true, scenario });
      expect(run.violation, `seed ${seed}`).toBeUndefined();
      addStatistics(total, run.statistics);
    }
    expect(total.taken).toBeGreaterThan(5);
    expect(total.transfersTaken).toBeGreaterThan(5);
  });
});

describe('the simulation', () => {
  it.each([7, 48, 99, 153])('takes the same course for seed %i each time', async (seed) => {
    for (const faultClass of faultClasses) {
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
});
