import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../shared/exchange/endpoint.ts';

const prefix = '/api/v1/trading';
const live = 'https://trading.api.thegrid.ai';

describe('the address of the exchange', () => {
  it.each([
    live,
    `${live}/`,
    'https://TRADING.api.thegrid.ai',
    'https://trading.api.staging.thegrid.ai',
    'https://trading.api.dev.thegrid.ai',
    'http://localhost:4040',
    'http://127.0.0.1:4040',
    'http://[::1]:4040',
    'https://localhost:4040',
  ])('may be %s', (origin) => {
    expect(parseEndpoint(origin, prefix)).toMatchObject({ pathPrefix: prefix, url: new URL(origin) });
  });

  it.each<[string, RegExp]>([
    ['http://trading.api.thegrid.ai', /https only/],
    ['ftp://localhost', /https only/],
    ['file:///etc/passwd', /not a host/],
    ['https://thegrid.ai', /not a host/],
    ['https://trading.api.thegrid.ai.evil.example', /not a host/],
    ['https://evil.example/trading.api.thegrid.ai', /not a host/],
    ['https://trading.api.thegrid.ai@evil.example', /not a host/],
    ['https://trading-api.thegrid.ai', /not a host/],
    ['https://trading.api.thegrid.ai.', /not a host/],
    ['http://0.0.0.0:4040', /not a host/],
    ['http://169.254.169.254', /not a host/],
    ['http://localhost.evil.example', /not a host/],
    [`${live}/v1`, /must be an origin/],
    [`${live}?x=1`, /must be an origin/],
    [`${live}#x`, /must be an origin/],
    ['https://user@trading.api.thegrid.ai', /must be an origin/],
    ['https://user:word@trading.api.thegrid.ai', /must be an origin/],
    ['https://:word@trading.api.thegrid.ai', /must be an origin/],
    ['trading.api.thegrid.ai', /not a URL/],
    ['//trading.api.thegrid.ai', /not a URL/],
    ['', /not a URL/],
  ])('may not be %s', (origin, problem) => {
    expect(parseEndpoint(origin, prefix)).toContainEqual(expect.stringMatching(problem));
  });

  it.each(['', '/v1', '/api/v1/trading', '/a-b_c.d/E9'])('may have the path prefix "%s"', (pathPrefix) => {
    expect(parseEndpoint(live, pathPrefix)).toMatchObject({ pathPrefix });
  });

  it.each([
    '/',
    'v1',
    '/v1/',
    '//v1',
    '/v1//x',
    '/v1?x',
    '/v1#x',
    '/v1 x',
    '/v1\n',
    '/v%31',
    'https://x',
    '/é',
  ])('may not have the path prefix %j', (pathPrefix) => {
    expect(parseEndpoint(live, pathPrefix)).toEqual([expect.stringMatching(/path prefix/)]);
  });

  it('tells everything that is wrong at once', () => {
    expect(parseEndpoint('http://evil.example/x', 'x')).toHaveLength(4);
  });
});
