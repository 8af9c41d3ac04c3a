import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { isFinished } from '../transfers/life-cycle.ts';
import type { CreateTransferOutcome, TransferStore, UpdateTransferOutcome } from '../transfers/store-port.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { requireClosedBreaker } from './control-items.ts';
import { stopReasonNow } from './control-store.ts';
import { giveBack, holderIn, takeFor, takeForGood } from './held-items.ts';
import { type Item, itemKey } from './item.ts';
import { openWork, partitions } from './partitions.ts';
import { readItem } from './read-item.ts';
import { readItems } from './read-items.ts';
import type { OrderStoreTools } from './record-order.ts';
import { requireLive } from './settings-items.ts';
import { tableShape } from './table-shape.ts';
import { type PurposeWrite, storeError, writeForPurposes } from './transactions.ts';
import { transferFromItem, transferToItem } from './transfer-item.ts';
import { putFirstVersion, putNextVersion } from './versions.ts';

type Purpose = 'record' | 'settings' | 'breaker' | 'slot' | 'exchange-id';

/** Transfers in DynamoDB, in the table of the orders. */
export function createTransferStore(tools: OrderStoreTools): TransferStore {
  return {
    create: (transfer) => create(tools, transfer),
    update: (before, after) => update(tools, before, after),
    unfinished: () => readUnfinished(tools),
    ownerOf: async (exchangeTransferId) => holderIn(await readItem(tools, exchangeIdKey(exchangeTransferId))),
  };
}

async function create(tools: OrderStoreTools, transfer: Transfer): Promise<CreateTransferOutcome> {
  const { tableName } = tools;
  const { refused } = await writeForPurposes<Purpose>(tools, [
    ['record', putFirstVersion(tableName, transferToItem(transfer))],
    ['settings', requireLive(tableName)],
    ['breaker', requireClosedBreaker(tableName)],
    ['slot', takeFor(tableName, slotKey(transfer), transfer.transferId)],
  ]);
  if (refused.has('record')) return { kind: 'exists' };
  if (refused.has('settings') || refused.has('breaker')) {
    return { kind: 'stopped', why: (await stopReasonNow(tools, tools.ceiling)) ?? 'PAUSED' };
  }
  return { kind: refused.has('slot') ? 'slot-taken' : 'created' };
}

async function update(
  tools: OrderStoreTools,
  before: Transfer,
  after: Transfer,
): Promise<UpdateTransferOutcome> {
  const { tableName } = tools;
  const { transferId, exchangeTransferId } = after;
  const writes: PurposeWrite<Purpose>[] = [
    ['record', putNextVersion(tableName, before, transferToItem(after))],
  ];
  if (before.state === 'PENDING' && after.state === 'SUBMITTED') {
    writes.push(['settings', requireLive(tableName)], ['breaker', requireClosedBreaker(tableName)]);
  }
  if (isFinished(after) && !isFinished(before)) {
    writes.push(['slot', giveBack(tableName, slotKey(after), transferId)]);
  }
  if (exchangeTransferId !== undefined && exchangeTransferId !== before.exchangeTransferId) {
    const owned = takeForGood(tableName, exchangeIdKey(exchangeTransferId), transferId, after.updatedAt);
    writes.push(['exchange-id', owned]);
  }
  const { refused } = await writeForPurposes(tools, writes);
  if (refused.size === 0) return 'written';
  if (refused.has('record')) return 'stale';
  if (refused.has('settings') || refused.has('breaker')) return 'stopped';
  return refused.has('exchange-id') ? 'exchange-id-taken' : 'stale';
}

/** The index may lag, so each is read again. */
async function readUnfinished(tools: OrderStoreTools): Promise<readonly Transfer[]> {
  const { workIndex } = tableShape;
  const command = new QueryCommand({
    TableName: tools.tableName,
    IndexName: workIndex.name,
    KeyConditionExpression: '#work = :open',
    ExpressionAttributeNames: { '#work': workIndex.partitionKey },
    ExpressionAttributeValues: { ':open': { S: openWork.transfers } },
  });
  const { Items: keys = [] } = await tools.client.send(command).catch((error: unknown) => {
    throw storeError(error);
  });
  const items = await readItems(tools, keys);
  return items.map(transferFromItem).filter((transfer) => !isFinished(transfer));
}

/** The one unfinished transfer of an instrument. */
function slotKey({ instrument }: Transfer): Item {
  return itemKey(`${partitions.slot}${instrument}#transfer`);
}

/** Where the record that a transfer of the exchange belongs to is noted. */
function exchangeIdKey(exchangeTransferId: string): Item {
  return itemKey(`${partitions.exchangeTransfer}${exchangeTransferId}`);
}
