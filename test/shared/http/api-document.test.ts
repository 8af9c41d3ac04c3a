import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { problemAnswer, problemCatalogue } from '../../../shared/http/problem.ts';

it('the document of the API lists every problem with its status', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../docs/api.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  const codes = Object.entries(problemCatalogue).map(([code, { status }]) => [code, status]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(codes));
});

it('a problem document says what it must, and when to try again', () => {
  const answer = problemAnswer('exchange-unavailable', { detail: 'busy', retryAfterSeconds: 7 });
  expect(answer.headers).toEqual({ 'content-type': 'application/problem+json', 'retry-after': '7' });
  expect(JSON.parse(answer.body)).toEqual({
    type: 'urn:grid-buyer:problem:exchange-unavailable',
    title: 'The exchange cannot be reached or is busy.',
    status: 503,
    code: 'exchange-unavailable',
    detail: 'busy',
  });
});
