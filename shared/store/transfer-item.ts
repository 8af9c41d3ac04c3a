import { isFinished } from '../transfers/life-cycle.ts';
import { type Transfer, transferStates } from '../transfers/transfer.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { openWork, partitions } from './partitions.ts';
import { fieldsFromItem, fieldsToItem, type RecordFields } from './record-fields.ts';
import { tableShape } from './table-shape.ts';

const transferFields: RecordFields<keyof Transfer> = {
  what: 'transfer',
  kinds: {
    transferId: 'text',
    state: 'text',
    confirmed: 'flag',
    version: 'number',
    nonce: 'text',
    instrument: 'text',
    instrumentId: 'text',
    quantity: 'integer',
    exchangeTransferId: 'text',
    signedAt: 'number',
    sentAt: 'number',
    notAfter: 'number',
    misses: 'number',
    missedAt: 'number',
    settledAt: 'number',
    reason: 'text',
    responseStatus: 'number',
    createdAt: 'number',
    updatedAt: 'number',
  },
  optional: new Set([
    'exchangeTransferId',
    'signedAt',
    'sentAt',
    'notAfter',
    'missedAt',
    'settledAt',
    'reason',
    'responseStatus',
  ]),
  words: { state: transferStates },
};

/** The transfer as an item, with its key and the attributes of the index. */
export function transferToItem(transfer: Transfer): Item {
  const item = {
    ...itemKey(`${partitions.transfer}${transfer.transferId}`),
    ...fieldsToItem(transferFields, transfer),
  };
  return isFinished(transfer)
    ? { ...item, [tableShape.timeToLive]: { N: expiryOf(transfer.updatedAt) } }
    : {
        ...item,
        [tableShape.workIndex.partitionKey]: { S: openWork.transfers },
        [tableShape.workIndex.sortKey]: { N: String(transfer.createdAt) },
      };
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
export function transferFromItem(item: Item): Transfer {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was read and checked by its kind
  return fieldsFromItem(transferFields, item) as unknown as Transfer;
}
