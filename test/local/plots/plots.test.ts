import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from '../../../local/plots/escape-text.ts';
import { areaPath, barsPath, dotsPath, linePath, marksPath, plotHeight } from '../../../local/plots/paths.ts';
import { drawPlot } from '../../../local/plots/plot.ts';
import { scaleAround, scaleBothWays, scaleFromZero, shareOf, tickText } from '../../../local/plots/scale.ts';
import { timeLabels } from '../../../local/plots/time-axis.ts';

describe('paths', () => {
  const scale = { lowest: 0, highest: 10, ticks: [0, 10] };

  it('are staircases, bars, dots and strokes, with the largest value at the top', () => {
    expect(areaPath([0, 10, 10, 5], scale)).toBe('M0 200V200h1V0h2V100h1V200z');
    expect(areaPath([5, 0], { lowest: -10, highest: 10, ticks: [] })).toBe('M0 100V50h1V100h1V100z');
    expect(linePath([5, 10], scale)).toBe('M0 100V100h1V0h1');
    expect(barsPath([5, 0], scale)).toBe('M0.15 200V100h0.7V200z');
    expect(dotsPath([5, undefined, 10], scale)).toBe('M0.5 100h0M2.5 0h0');
    expect(marksPath([0, 3])).toBe('M1.5 0v200');
  });

  it('have gaps where nothing is known', () => {
    expect(linePath([undefined, 5, undefined, 10], scale)).toBe('M1 100V100h1M3 0V0h1');
    expect(areaPath([10, undefined, 10], scale)).toBe('M0 200V0h1V200zM2 200V0h1V200z');
    expect(linePath([undefined], scale)).toBe('');
  });

  it('of nothing at all lie on the ground', () => {
    expect(areaPath([0, 0], scaleFromZero([[0, 0]]))).toBe('M0 200V200h2V200z');
  });
});

/** As finely as Units and USD are counted. */
const amounts = fc.array(
  fc.option(
    fc.integer({ min: 0, max: 1e15 }).map((steps) => steps / 1e8),
    { nil: undefined },
  ),
  { minLength: 1, maxLength: 50 },
);

describe('a scale', () => {
  it('holds every value, and wastes less than half of the height', () => {
    fc.assert(
      fc.property(amounts, amounts, (above, below) => {
        const known = above.filter((value) => value !== undefined);
        for (const scale of [
          scaleFromZero([above]),
          scaleAround([above], 0.1),
          scaleBothWays(above, below),
        ]) {
          for (const value of known) {
            expect(shareOf(value, scale)).toBeGreaterThanOrEqual(-1e-9);
            expect(shareOf(value, scale)).toBeLessThanOrEqual(1 + 1e-9);
          }
          expect(scale.ticks[0]).toBe(scale.lowest);
          expect(scale.ticks.at(-1)).toBe(scale.highest);
          expect(scale.ticks.length).toBeLessThanOrEqual(9);
        }
        const most = Math.max(0, ...known);
        if (most > 0) expect(scaleFromZero([above]).highest).toBeLessThanOrEqual(2 * most);
      }),
    );
  });

  it('has round ticks that are told apart', () => {
    expect(scaleFromZero([[7.3]]).ticks).toEqual([0, 2, 4, 6, 8]);
    expect(scaleFromZero([[0]]).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(scaleAround([[2.02, 2.05]], 0.02).ticks).toEqual([2.02, 2.03, 2.04, 2.05]);
    expect(scaleBothWays([30], [4]).ticks).toEqual([-10, 0, 10, 20, 30]);
    const scale = scaleFromZero([[3000]]);
    expect(scale.ticks.map((tick) => tickText(tick, scale))).toEqual(['0', '1,000', '2,000', '3,000']);
    const fine = { lowest: 0, highest: 1, ticks: [0, 0.25, 0.5] };
    expect(tickText(1234.5, fine)).toBe('1,234.50');
  });
});

describe('a time axis', () => {
  const at = (time: string) => Date.parse(time);

  it('has round times, dates at midnight, and no more labels than there is room for', () => {
    expect(timeLabels(at('2026-11-23T20:10Z'), at('2026-11-24T04:10Z'), 5)).toEqual([
      { place: expect.closeTo(110 / 480, 9), text: '22:00' },
      { place: expect.closeTo(230 / 480, 9), text: '24 Nov' },
      { place: expect.closeTo(350 / 480, 9), text: '02:00' },
      { place: expect.closeTo(470 / 480, 9), text: '04:00' },
    ]);
    expect(timeLabels(at('2026-11-01T00:00Z'), at('2026-12-01T00:00Z'), 8).map(({ text }) => text)).toEqual([
      '1 Nov',
      '5 Nov',
      '9 Nov',
      '13 Nov',
      '17 Nov',
      '21 Nov',
      '25 Nov',
      '29 Nov',
    ]);
  });

  it('is round in the zone of who reads it', () => {
    const [from, to] = [at('2026-11-23T20:10Z'), at('2026-11-23T21:10Z')];
    const labels = timeLabels(from, to, 4, 'Asia/Kolkata');
    expect(labels.map(({ text }) => text)).toEqual(['01:45', '02:00', '02:15', '02:30']);
  });

  it('says when it was where no time in it is round', () => {
    expect(timeLabels(at('2026-11-23T20:10:05Z'), at('2026-11-23T20:10:50Z'), 5)).toEqual([
      { place: 0, text: '20:10' },
    ]);
  });

  it('never labels what is outside', () => {
    const time = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(
        time,
        fc.integer({ min: 1, max: 4e10 }),
        fc.integer({ min: 1, max: 20 }),
        (from, length, most) => {
          const labels = timeLabels(from, from + length, most);
          expect(labels.length).toBeLessThanOrEqual(most);
          for (const { place } of labels) expect(place >= 0 && place < 1).toBe(true);
        },
      ),
    );
  });
});

describe('text in a page', () => {
  it('cannot be mark-up, wherever it stands in a plot', () => {
    const evil = '<b onclick="x">&</b>';
    expect(escapeText(evil)).toBe('&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;');
    const drawn = drawPlot({
      title: evil,
      unit: evil,
      scale: scaleFromZero([[1]]),
      layers: [{ kind: 'line', colour: 'held', name: evil, values: [1] }],
      labels: [{ place: 0, text: evil }],
      hover: () => evil,
    });
    expect(drawn).not.toContain('<b onclick');
    expect(drawn.split('&lt;b onclick').length - 1).toBeGreaterThanOrEqual(5);
    expect(drawn).toContain(`viewBox="0 0 1 ${plotHeight}"`);
  });
});
