import * as v from 'valibot';
import { leadingKey, type TableKeys } from './table-keys.ts';
import type { Wanted } from './wanted.ts';

const attributes = v.record(v.string(), v.unknown());

/** A member of a transaction that says what is done with an item, and the action of IAM for it. */
function member(name: string, action: string, keyField: 'Key' | 'Item') {
  const body = v.looseObject({ TableName: v.string(), [keyField]: attributes });
  return v.pipe(
    v.strictObject({ [name]: body }),
    v.transform((found) => {
      const { TableName, [keyField]: key } = v.parse(body, found[name]);
      return { action, tableName: v.parse(v.string(), TableName), key: v.parse(attributes, key) };
    }),
  );
}

const writeMember = v.union([
  member('Put', 'dynamodb:PutItem', 'Item'),
  member('Update', 'dynamodb:UpdateItem', 'Key'),
  member('Delete', 'dynamodb:DeleteItem', 'Key'),
  member('ConditionCheck', 'dynamodb:ConditionCheckItem', 'Key'),
]);
const readMember = member('Get', 'dynamodb:GetItem', 'Key');

const transactions = {
  TransactWriteItems: v.object({ TransactItems: v.pipe(v.array(writeMember), v.minLength(1)) }),
  TransactGetItems: v.object({ TransactItems: v.pipe(v.array(readMember), v.minLength(1)) }),
};

/**
 * What a transaction wants to do. IAM looks at the actions on the items, not at the transaction. AWS does not say
 * whether it compares the keys of each item by itself or of all items of an action together, so both must be allowed.
 */
export function wantedOfTransaction(
  operation: keyof typeof transactions,
  input: unknown,
  tables: TableKeys,
): readonly Wanted[] | undefined {
  const parsed = v.safeParse(transactions[operation], input);
  if (!parsed.success) return undefined;
  const items = parsed.output.TransactItems.map(({ action, tableName, key }) => {
    const resource = tables.arnOf(tableName);
    const keyName = tables.partitionKeyOf(resource);
    const leading = keyName === undefined ? undefined : leadingKey(key, keyName);
    return leading === undefined ? undefined : { action, resource, leading };
  });
  const understood = items.filter((item) => item !== undefined);
  if (understood.length < items.length) return undefined;
  const context = (keys: readonly string[]) => ({
    'dynamodb:LeadingKeys': keys,
    'dynamodb:EnclosingOperation': [operation],
  });
  const byAction = Map.groupBy(understood, ({ action, resource }) => `${action} ${resource}`);
  const together = [...byAction.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length === 0
      ? []
      : [{ ...first, leading: [first, ...others].map(({ leading }) => leading) }],
  );
  return [...understood.map((item) => ({ ...item, leading: [item.leading] })), ...together].map(
    ({ action, resource, leading }) => ({ action, resource, context: context([...new Set(leading)]) }),
  );
}
