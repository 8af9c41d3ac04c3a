import type { WakeUpGate } from '../top-up/wake-up.ts';
import { itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

export interface WakeUpGateTools extends TransactionTools {
  readonly tableName: string;
}

/**
 * The gate in DynamoDB: one item with the time at which the last check that was asked for began, written on the condition
 * that this is long enough ago. A time that lies ahead is that of a clock that was wrong, and holds nobody up.
 */
export function createWakeUpGate(tools: WakeUpGateTools): WakeUpGate {
  return {
    begin: async (now, intervalMs) => {
      const result = await writeTogether(tools, [
        {
          Put: {
            TableName: tools.tableName,
            Item: { ...itemKey(partitions.wakeUp), startedAt: { N: String(now) } },
            ConditionExpression:
              'attribute_not_exists(#key) OR #startedAt <= :before OR #startedAt >= :ahead',
            ExpressionAttributeNames: { '#key': tableShape.partitionKey, '#startedAt': 'startedAt' },
            ExpressionAttributeValues: {
              ':before': { N: String(now - intervalMs) },
              ':ahead': { N: String(now + intervalMs) },
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]);
      if (result.kind === 'written') return { kind: 'begun' };
      return { kind: 'running', startedAt: Number(result.reasons[0]?.Item?.['startedAt']?.N ?? now) };
    },
  };
}
