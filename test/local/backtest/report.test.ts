import { describe, expect, it } from 'vitest';
import { escapeText } from '../../../local/backtest/report/page/escape-text.ts';
import {
  areaPath,
  dotsPath,
  linePath,
  marksPath,
  scaleFromZero,
} from '../../../local/backtest/report/page/step-paths.ts';
import { Progress } from '../../../local/backtest/runner/progress.ts';
import { newRecording, record } from '../../../local/backtest/simulate/recording.ts';

describe('a plot', () => {
  const scale = { lowest: 0, highest: 10 };

  it('is a staircase, dots and strokes, with the largest value at the top', () => {
    expect(areaPath([0, 10, 10, 5], scale)).toBe('M0 200V200h1V0h2V100h1V200z');
    expect(areaPath([5, 0], { lowest: -10, highest: 10 })).toBe('M0 100V50h1V100h1V100z');
    expect(linePath([5, 10], scale)).toBe('M0 100V100h1V0h1');
    expect(dotsPath([5, undefined, 10], scale)).toBe('M0.5 100h0M2.5 0h0');
    expect(marksPath([0, 3])).toBe('M1.5 0v200');
  });

  it('of nothing at all lies on the ground', () => {
    expect(areaPath([0, 0], scaleFromZero([0, 0]))).toBe('M0 200V200h2V200z');
  });
});

describe('a recording', () => {
  it('sums over spans, the last one shorter, and keeps the extremes of what was held', () => {
    const recording = newRecording(5, 2);
    for (const [minute, held] of [4, 6, 1, 0, 9].entries()) {
      record(recording, minute, {
        demand: 1,
        bought: 2,
        spent: 3,
        expired: 4,
        isOut: minute === 3,
        held,
        ask: 200,
      });
    }
    expect([...recording.demand]).toEqual([2, 2, 1]);
    expect([...recording.outMinutes]).toEqual([0, 1, 0]);
    expect([...recording.mostHeld]).toEqual([6, 1, 9]);
    expect([...recording.leastHeld]).toEqual([4, 0, 9]);
    expect([...recording.askSum]).toEqual([400, 400, 200]);
  });
});

describe('names in a page', () => {
  it('cannot be mark-up', () => {
    expect(escapeText('<b onclick="x">&</b>')).toBe('&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;');
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
