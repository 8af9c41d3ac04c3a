import { describe, expect, it } from 'vitest';
import { parseOrderQuery } from '../../../shared/http/order-query.ts';

describe('the query of a list of orders', () => {
  it('has defaults and takes filters', () => {
    expect(parseOrderQuery({})).toEqual({ limit: 20 });
    expect(parseOrderQuery({ state: 'OPEN', instrument: 'chat-prime', limit: '100', cursor: 'abc' })).toEqual(
      {
        state: 'OPEN',
        instrument: 'chat-prime',
        limit: 100,
        cursor: 'abc',
      },
    );
  });

  it('is told everything that is wrong with it', () => {
    try {
      parseOrderQuery({ state: 'open', limit: '101', page: '2' });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'invalid-request',
        details: { errors: [{ field: 'state' }, { field: 'limit' }, { field: 'page' }] },
      });
    }
  });
});
