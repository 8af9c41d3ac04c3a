import { describe, expect, it } from 'vitest';
import { interleave } from '../../bench/measure/interleave.ts';
import { median, percentile } from '../../bench/measure/median.ts';

describe('variants', () => {
  it('run in turn, each round beginning with another one', async () => {
    const ran: string[] = [];
    const variant = (name: string) => async () => ran.push(name);
    await interleave({ a: variant('a'), b: variant('b'), c: variant('c') }, 3);
    expect(ran.join('')).toBe('abcbcacab');
  });

  it('keep their own results, one a round', async () => {
    let count = 0;
    const next = async (): Promise<number> => (count += 1);
    expect(await interleave({ a: next, b: next }, 2)).toEqual({ a: [1, 4], b: [2, 3] });
  });

  it('end with the first that fails', async () => {
    const failing = async (): Promise<never> => {
      throw new Error('it fails');
    };
    await expect(interleave({ failing }, 2)).rejects.toThrow('it fails');
  });
});

describe('a percentile', () => {
  it('lies between its neighbours', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 100)).toBe(5);
  });

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
