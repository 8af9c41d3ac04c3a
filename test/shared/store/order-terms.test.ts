import { expect, it } from 'vitest';
import { takeTerms } from '../../../shared/store/order-terms.ts';
import { tableShape } from '../../../shared/store/table-shape.ts';
import { sampleOrder } from '../../support/sample-order.ts';

it('terms go from the table by themselves, and not before others may take them', () => {
  const { Update } = takeTerms('orders', sampleOrder({ holdsTerms: true }));
  const written = (attribute: string): number => {
    const [placeholder] =
      Object.entries(Update?.ExpressionAttributeNames ?? {}).find(([, name]) => name === attribute) ?? [];
    const [, value = ''] = new RegExp(`${placeholder} = (:\\w+)`).exec(Update?.UpdateExpression ?? '') ?? [];
    return Number(Update?.ExpressionAttributeValues?.[value]?.N);
  };
  expect(written(tableShape.timeToLive) * 1_000).toBeGreaterThan(written('heldUntil'));
});
