import * as v from 'valibot';
import type { BalanceRecord, Balances } from '../top-up/balances.ts';
import { CorruptItemError, type Item, itemKey } from './item.ts';
import { amountText, parseJson, toJson } from './json-attribute.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const balancesKey = itemKey(partitions.balances);

const account = { accountId: v.string(), instrument: v.optional(v.string()), instrumentId: v.string() };
const accountsSchema = v.object({
  consumption: v.array(v.object({ ...account, usable: amountText, total: v.optional(amountText) })),
  trading: v.array(v.object({ ...account, available: amountText })),
  currency: v.array(
    v.object({ currency: v.string(), available: amountText, locked: amountText, total: amountText }),
  ),
});

/** The balances that were last read, as one item with its content as JSON. */
export function createBalanceRecord(tools: TransactionTools & TableTools): BalanceRecord {
  return {
    read: async () => {
      const item = await readItem(tools, balancesKey);
      return item === undefined ? undefined : balancesFromItem(item);
    },
    write: async (balances) => {
      await writeTogether(tools, [
        {
          Put: {
            TableName: tools.tableName,
            Item: balancesToItem(balances),
            // Checks overlap, and one that has read before may write after.
            ConditionExpression: 'attribute_not_exists(#key) OR #readAt < :readAt',
            ExpressionAttributeNames: { '#key': tableShape.partitionKey, '#readAt': 'readAt' },
            ExpressionAttributeValues: { ':readAt': { N: String(balances.readAt) } },
          },
        },
      ]);
    },
  };
}

function balancesToItem({ readAt, ...accounts }: Balances): Item {
  return { ...balancesKey, readAt: { N: String(readAt) }, accounts: { S: toJson(accounts) } };
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
function balancesFromItem(item: Item): Balances {
  const readAt = Number(item['readAt']?.N);
  const accounts = v.safeParse(accountsSchema, parseJson(item['accounts']?.S));
  if (!Number.isSafeInteger(readAt) || !accounts.success) {
    throw new CorruptItemError('The item of the balances is not what it should be.');
  }
  const { consumption, trading, currency } = accounts.output;
  return {
    readAt,
    consumption: consumption.map(({ instrument, total, ...one }) => ({ ...one, instrument, total })),
    trading: trading.map(({ instrument, ...one }) => ({ ...one, instrument })),
    currency,
  };
}
