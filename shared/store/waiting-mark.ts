import type { WaitingMark } from '../transfers/report-waiting-units.ts';
import { type Item, itemKey } from './item.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

/** Where it is kept since when Units have been waiting in the trading account. */
export function createWaitingMark(tools: TransactionTools & TableTools): WaitingMark {
  const { tableName } = tools;
  return {
    since: async (instrument) => {
      const text = (await readItem(tools, waitingKey(instrument)))?.['since']?.N;
      return text === undefined ? undefined : Number(text);
    },
    begin: async (instrument, at) => {
      const update = {
        TableName: tableName,
        Key: waitingKey(instrument),
        UpdateExpression: 'SET #since = if_not_exists(#since, :at)',
        ExpressionAttributeNames: { '#since': 'since' },
        ExpressionAttributeValues: { ':at': { N: String(at) } },
      };
      await writeTogether(tools, [{ Update: update }]);
    },
    end: async (instrument) => {
      const update = {
        TableName: tableName,
        Key: waitingKey(instrument),
        UpdateExpression: 'REMOVE #since',
        ExpressionAttributeNames: { '#since': 'since' },
      };
      await writeTogether(tools, [{ Update: update }]);
    },
  };
}

function waitingKey(instrument: string): Item {
  return itemKey(`${partitions.waiting}${instrument}`);
}
