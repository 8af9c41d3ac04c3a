import { describe, expect, it } from 'vitest';
import { regimeDemand } from '../../../local/backtest/demand/regimes.ts';
import { carryOutAll, type PendingTask } from '../../../local/backtest/runner/pool.ts';
import { carryOut, type Task } from '../../../local/backtest/runner/task.ts';
import { usualConditions } from '../../../local/backtest/simulate/conditions.ts';

function task(change: Partial<Task> = {}): Task {
  return {
    demand: regimeDemand('steady', 12, 1, 2),
    market: { kind: 'calm', seed: 1 },
    policies: ['script-limit', 'auto-mode'],
    conditions: usualConditions,
    recorded: ['auto-mode'],
    ...change,
  };
}

/** Not in whole steps, so that the books cannot balance. */
const crooked = new Float64Array(2880).fill(1_000_000.3);

describe('a task', () => {
  it('runs every policy on the same demand and market, and records those that are to be plotted', () => {
    const runs = carryOut(task());
    expect(runs.map(({ policy, market }) => [policy, market])).toEqual([
      ['script-limit', 'calm-1'],
      ['auto-mode', 'calm-1'],
    ]);
    expect(runs[0]?.figures.demand).toBe(runs[1]?.figures.demand);
    expect(runs.map(({ recording }) => recording?.demand.length)).toEqual([undefined, 320]);
  });

  it('that fails says which run it was', () => {
    const demand = { name: 'broken', steps: crooked };
    expect(() => carryOut(task({ demand }))).toThrow(
      /^broken on calm-1 with script-limit: \d+ steps were bought/,
    );
  });
});

describe('the threads', () => {
  const pending =
    (seed: number): PendingTask =>
    () =>
      task({ demand: regimeDemand('onoff', 12, seed, 2) });

  it('return the runs in the order of the tasks, and tell of each one that is done', async () => {
    let done = 0;
    const runs = await carryOutAll([1, 2, 3, 4, 5].map(pending), 2, () => {
      done += 1;
    });
    const names = runs.filter(({ policy }) => policy === 'auto-mode').map(({ trace }) => trace);
    expect(names).toEqual([1, 2, 3, 4, 5].map((seed) => `onoff-12-${seed}`));
    expect(done).toBe(5);
  });

  it('end when a task fails', async () => {
    const broken: PendingTask = () => task({ demand: { name: 'bad', steps: crooked } });
    const running = carryOutAll([pending(1), broken, pending(2)], 2, () => undefined);
    await expect(running).rejects.toThrow(/^bad on calm-1/);
  });
});
