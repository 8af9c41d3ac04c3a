import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../shared/orders/store-port.ts';
import { CorruptItemError } from '../../../shared/store/item.ts';
import { orderFromItem, orderToItem } from '../../../shared/store/order-item.ts';
import { writeTogether } from '../../../shared/store/transactions.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { createVirtualClock, testEpoch } from '../../support/virtual-clock.ts';

/** A client that fails so many times before it succeeds. */
function failing(errors: Error[]) {
  const clock = createVirtualClock();
  let calls = 0;
  const client = {
    send: async () => {
      calls += 1;
      const error = errors.shift();
      if (error !== undefined) throw error;
      return {};
    },
  };
  const write = () => writeTogether({ client, clock, random: () => 1 }, []);
  return { write, calls: () => calls, waited: () => clock.now() - testEpoch };
}

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: '',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('writing together', () => {
  it('tries again after a conflict with another transaction, with growing pauses', async () => {
    const conflict = failing([cancelled('None', 'TransactionConflict'), cancelled('ThrottlingError')]);
    expect(await conflict.write()).toEqual({ kind: 'written' });
    expect(conflict.calls()).toBe(3);
    expect(conflict.waited()).toBe(100 + 200);
  });

  it('gives up after four conflicts', async () => {
    const conflicts = failing(Array.from({ length: 9 }, () => cancelled('TransactionConflict')));
    await expect(conflicts.write()).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(conflicts.calls()).toBe(4);
  });

  it('takes a condition that does not hold as the answer, whatever else happened', async () => {
    const refused = failing([cancelled('ConditionalCheckFailed', 'TransactionConflict')]);
    expect(await refused.write()).toMatchObject({
      kind: 'refused',
      reasons: [{ Code: 'ConditionalCheckFailed' }, {}],
    });
    expect(refused.calls()).toBe(1);
  });

  it('does not repeat anything else, and says nothing but its name', async () => {
    const strange = failing([new ConditionalCheckFailedException({ message: 'secret', $metadata: {} })]);
    await expect(strange.write()).rejects.toThrow(
      'The order store is unavailable (ConditionalCheckFailedException).',
    );
    expect(strange.calls()).toBe(1);
  });
});

describe('the item of an order', () => {
  it('is found by the indexes as long as the order is not finished', () => {
    expect(orderToItem(sampleOrder())).toMatchObject({ work: { S: 'OPEN' }, collection: { S: 'ORDERS' } });
    const finished = orderToItem(sampleOrder({ state: 'FILLED', confirmed: true }));
    expect(finished['work']).toBeUndefined();
    expect(Number(finished['expiresAt']?.N)).toBe(Math.floor(testEpoch / 1000) + 400 * 86_400);
  });

  it.each([
    ['state', { S: 'LOST' }],
    ['quantity', { N: '1.5' }],
    ['version', { S: '1' }],
    ['confirmed', undefined],
  ])('is refused when its %s is not what we write', (name, attribute) => {
    const item = orderToItem(sampleOrder());
    if (attribute === undefined) delete item[name];
    else item[name] = attribute as never;
    expect(() => orderFromItem(item)).toThrow(CorruptItemError);
  });
});
