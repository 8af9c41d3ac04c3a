import { describe, expect, it } from 'vitest';
import { retryAfterSeconds } from '../../../shared/exchange/retry-after.ts';

/** When the answer was sent, by the exchange's clock: 1795435200 in Unix time. */
const date = 'Mon, 23 Nov 2026 12:00:00 GMT';

describe('the wait that an answer asks for', () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ['whole seconds', { 'retry-after': '7' }, 7],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['white space around the seconds', { 'retry-after': ' 7 ' }, 7],
    ['seconds with a fraction, rounded up', { 'retry-after': '1.2' }, 2],
    [
      'an HTTP date, counted from the answer’s own',
      { 'retry-after': 'Mon, 23 Nov 2026 12:01:30 GMT', date },
      90,
    ],
    ['an HTTP date that has passed', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT', date }, 0],
    [
      'an HTTP date in an answer without a date',
      { 'retry-after': 'Mon, 23 Nov 2026 12:01:30 GMT' },
      undefined,
    ],
    ['a reset in seconds', { 'x-ratelimit-reset': '12' }, 12],
    ['a reset as Unix time', { 'x-ratelimit-reset': '1795435260', date }, 60],
    ['a reset as Unix time that has passed', { 'x-ratelimit-reset': '1640995200', date }, 0],
    ['a reset as Unix time in an answer without a date', { 'x-ratelimit-reset': '1795435260' }, undefined],
    ['both, of which Retry-After counts', { 'retry-after': '3', 'x-ratelimit-reset': '12' }, 3],
    [
      'a Retry-After that says nothing, and a reset',
      { 'retry-after': 'soon', 'x-ratelimit-reset': '12' },
      12,
    ],
    ['nothing', { date }, undefined],
    ['empty text', { 'retry-after': '' }, undefined],
    ['a negative number', { 'retry-after': '-5', date }, undefined],
    ['an exponent', { 'retry-after': '1e3', date }, undefined],
    ['two numbers', { 'x-ratelimit-reset': '5, 5', date }, undefined],
    ['the digits of another script', { 'retry-after': '٣', date }, undefined],
    ['words', { 'retry-after': 'in 5 minutes', date }, undefined],
  ])('is read from %s', (_what, headers, expected) => {
    expect(retryAfterSeconds(headers)).toBe(expected);
  });
});
