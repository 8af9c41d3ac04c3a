import { describe, expect, it } from 'vitest';
import { Progress } from '../../../local/backtest/runner/progress.ts';
import { newRecording, record } from '../../../local/backtest/simulate/recording.ts';

describe('a recording', () => {
  it('sums over spans, the last one shorter, and keeps the extremes of what was held', () => {
    const recording = newRecording(5, 2);
    for (const [minute, held] of [4, 6, 1, 0, 9].entries()) {
      record(recording, minute, {
        demand: 1,
        used: 0.5,
        bought: 2,
        spent: 3,
        expired: 4,
        isOut: minute === 3,
        held,
        ask: 200,
      });
    }
    expect([...recording.demand]).toEqual([2, 2, 1]);
    expect([...recording.used]).toEqual([1, 1, 0.5]);
    expect([...recording.outMinutes]).toEqual([0, 1, 0]);
    expect([...recording.mostHeld]).toEqual([6, 1, 9]);
    expect([...recording.leastHeld]).toEqual([4, 0, 9]);
    expect([...recording.askSum]).toEqual([400, 400, 200]);
  });
});

describe('progress', () => {
  function shown(isTTY: boolean): string[] {
    const texts: string[] = [];
    let now = 0;
    const progress = new Progress({ isTTY, write: (text) => texts.push(text) }, 4, () => now);
    now = 3000;
    progress.advance();
    progress.clear();
    return texts;
  }

  it('shows a bar and the time that is left on a terminal, and then takes it away', () => {
    const [start, quarter, end] = shown(true);
    expect(start).toContain('0 of 4');
    expect(quarter).toMatch(/█{8}░{22} 1 of 4, about 9 s left/);
    expect(end).toBe('\r\u001b[K');
  });

  it('shows nothing anywhere else', () => {
    expect(shown(false)).toEqual([]);
  });
});
