import { expect, it } from 'vitest';
import { unknownRouteAnswer } from '../../../shared/http/unknown-route.ts';

it.each([
  ['/orders', 'POST, GET'],
  ['/orders/a-b-1', 'GET, DELETE'],
  ['/balances', 'GET'],
  ['/stop', 'POST'],
  ['/reservations/r-b-1', 'GET, DELETE'],
])('%s has other methods: %s', (path, allow) => {
  const { statusCode, headers, body } = unknownRouteAnswer(path);
  expect(statusCode).toBe(405);
  expect(headers).toEqual({ 'content-type': 'application/problem+json', allow });
  expect(JSON.parse(body)).toEqual({
    type: 'urn:grid-buyer:problem:method-not-allowed',
    title: expect.any(String),
    status: 405,
    code: 'method-not-allowed',
  });
});

it.each(['/', '', '/order', '/orders/', '/orders/a/b', '/balances/x', '/{id}', '/Orders', 'orders'])(
  '%j is no path',
  (path) => {
    const { statusCode, headers, body } = unknownRouteAnswer(path);
    expect(statusCode).toBe(404);
    expect(headers).toEqual({ 'content-type': 'application/problem+json' });
    expect(JSON.parse(body)).toMatchObject({ status: 404, code: 'unknown-route' });
  },
);
