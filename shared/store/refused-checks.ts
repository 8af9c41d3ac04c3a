import type { RefusedChecksMemory } from '../orders/watch-exchange.ts';
import { itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const checksKey = itemKey(partitions.refusedChecks);

/** Where balance checks are counted that the exchange has refused, in the table. */
export function createRefusedChecksMemory(tools: TransactionTools & TableTools): RefusedChecksMemory {
  return {
    read: async () => {
      const item = await readItem(tools, checksKey);
      const [inARow, scheduledTime] = [item?.['refusedInARow']?.N, item?.['scheduledTime']?.S];
      return inARow === undefined || scheduledTime === undefined
        ? undefined
        : { inARow: Number(inARow), scheduledTime };
    },
    write: async ({ inARow, scheduledTime }) => {
      const Item = {
        ...checksKey,
        refusedInARow: { N: String(inARow) },
        scheduledTime: { S: scheduledTime },
      };
      await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
    },
  };
}
