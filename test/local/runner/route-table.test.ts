import { describe, expect, it } from 'vitest';
import { createRouteTable } from '../../../local/runner/http-api/route-table.ts';

function tableOf(...routeKeys: string[]) {
  const routes = routeKeys.map((routeKey) => ({
    routeKey,
    authorization: 'NONE' as const,
    functionLogicalId: 'F',
    timeoutMs: 1,
  }));
  const find = createRouteTable(routes);
  return (method: string, path: string) => {
    const match = find(method, path);
    return match === undefined ? undefined : [match.route.routeKey, match.pathParameters];
  };
}

describe('the route table', () => {
  it('prefers the most specific route, whatever the order they come in', () => {
    const keys = ['$default', 'ANY /{proxy+}', 'GET /orders/{id}', 'ANY /orders/{id}', 'GET /orders/stop'];
    for (const order of [keys, keys.toReversed()]) {
      const find = tableOf(...order);
      expect(find('GET', '/orders/stop')).toEqual(['GET /orders/stop', {}]);
      expect(find('GET', '/orders/1')).toEqual(['GET /orders/{id}', { id: '1' }]);
      expect(find('PUT', '/orders/1')).toEqual(['ANY /orders/{id}', { id: '1' }]);
      expect(find('GET', '/a/b')).toEqual(['ANY /{proxy+}', { proxy: 'a/b' }]);
    }
  });

  it('falls back to $default, or finds nothing', () => {
    expect(tableOf('GET /a', '$default')('GET', '/b')).toEqual(['$default', {}]);
    expect(tableOf('GET /a')('GET', '/a/')).toBeUndefined();
    expect(tableOf('GET /a')('POST', '/a')).toBeUndefined();
    expect(tableOf('GET /a/{id}')('GET', '/a/')).toBeUndefined();
  });
});
