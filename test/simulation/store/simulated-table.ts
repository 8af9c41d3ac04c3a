import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type CancellationReason,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { tableShape } from '../../../shared/store/table-shape.ts';
import type { Item, Placeholders } from './expression.ts';
import { conditionOf, updateOf } from './expressions.ts';

/** An item of a transaction that took effect. */
export interface ItemChange {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface CommandResult {
  readonly output: {
    readonly Item?: Item | undefined;
    readonly Items?: readonly Item[];
    readonly Responses?: Readonly<Record<string, readonly Item[]>>;
    readonly LastEvaluatedKey?: Item;
  };
  readonly changes: readonly ItemChange[];
}

/** One of the writes of a transaction, in one shape for all kinds. */
interface PlannedWrite {
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly isAllowed: boolean;
  readonly showsOld: boolean;
}

const { partitionKey, sortKey, workIndex, createdIndex } = tableShape;
const indexes: ReadonlyMap<string | undefined, { readonly sortKey: string; readonly isKeysOnly: boolean }> =
  new Map([
    [undefined, { sortKey, isKeysOnly: false }],
    [workIndex.name, { sortKey: workIndex.sortKey, isKeysOnly: true }],
    [createdIndex.name, { sortKey: createdIndex.sortKey, isKeysOnly: false }],
  ]);

const keyNames = [
  partitionKey,
  sortKey,
  workIndex.partitionKey,
  workIndex.sortKey,
  createdIndex.partitionKey,
  createdIndex.sortKey,
];

/**
 * A table of DynamoDB in memory: what the store sends there is understood and carried out, one command at a time.
 * The store's own keys, conditions and updates are what is simulated.
 */
export class SimulatedTable {
  /** Grows with every change. */
  version = 0;
  readonly #items: Map<string, Item>;

  constructor(items: ReadonlyMap<string, Item> = new Map()) {
    this.#items = new Map(items);
  }

  /** All items as they are now, by key. They are replaced and never changed. */
  copy(): ReadonlyMap<string, Item> {
    return new Map(this.#items);
  }

  get(key: Item): Item | undefined {
    return this.#items.get(textOf(key));
  }

  /** Writes without conditions, as an administrator does. */
  put(item: Item): void {
    this.#set(textOf(item), item);
  }

  delete(key: Item): void {
    this.#set(textOf(key), undefined);
  }

  /** @throws TransactionCanceledException if a condition of a transaction does not hold */
  execute(command: unknown): CommandResult {
    if (command instanceof GetItemCommand) {
      return { output: { Item: this.get(command.input.Key ?? {}) }, changes: [] };
    }
    if (command instanceof BatchGetItemCommand) return { output: this.#getMany(command.input), changes: [] };
    if (command instanceof QueryCommand) return { output: this.#query(command.input), changes: [] };
    if (command instanceof TransactWriteItemsCommand) {
      return { output: {}, changes: this.#write(command.input.TransactItems ?? []) };
    }
    if (command instanceof PutItemCommand) {
      this.put(command.input.Item ?? {});
      return { output: {}, changes: [] };
    }
    if (command instanceof DeleteItemCommand) {
      this.delete(command.input.Key ?? {});
      return { output: {}, changes: [] };
    }
    throw new Error('The simulated table does not know this command.');
  }

  #set(key: string, item: Item | undefined): void {
    this.version += 1;
    if (item === undefined) this.#items.delete(key);
    else this.#items.set(key, item);
  }

  /** In an order that nobody has asked for. */
  #getMany({ RequestItems = {} }: BatchGetItemCommandInput): CommandResult['output'] {
    const requested = Object.entries(RequestItems);
    const Responses: Record<string, readonly Item[]> = {};
    for (const [table, { Keys = [] }] of requested) {
      if (new Set(Keys.map(textOf)).size < Keys.length)
        throw new Error('A batch asks for an item once only.');
      Responses[table] = Keys.map((key) => this.get(key))
        .filter((item) => item !== undefined)
        .toReversed();
    }
    const count = requested.reduce((sum, [, { Keys = [] }]) => sum + Keys.length, 0);
    if (count < 1 || count > 100) throw new Error('A batch asks for 1 to 100 items.');
    return { Responses };
  }

  #query(input: QueryCommandInput): CommandResult['output'] {
    const index = indexes.get(input.IndexName);
    if (index === undefined) throw new Error(`There is no index ${input.IndexName}.`);
    const placeholders = placeholdersOf(input);
    const matches = conditionOf(input.KeyConditionExpression ?? '');
    const partition = partitionIn(input.KeyConditionExpression ?? '', placeholders);
    const isWanted = input.FilterExpression === undefined ? () => true : conditionOf(input.FilterExpression);
    const found: Item[] = [];
    for (const item of this.#items.values()) {
      // Most items are of other partitions; an index holds only items that have its keys.
      const isThere = item[partition.name]?.S === partition.value && item[index.sortKey] !== undefined;
      if (isThere && matches(item, placeholders)) found.push(item);
    }
    found.sort((a, b) => bySortKey(a, b, index.sortKey));
    const ordered = input.ScanIndexForward === false ? found.toReversed() : found;
    const start = input.ExclusiveStartKey;
    const from = start === undefined ? 0 : 1 + ordered.findIndex((item) => textOf(item) === textOf(start));
    const limit = from + (input.Limit ?? ordered.length);
    const page = ordered.slice(from, limit).filter((item) => isWanted(item, placeholders));
    const last = ordered[limit - 1];
    const Items = index.isKeysOnly ? page.map(keyOf) : page;
    return last === undefined || ordered.length <= limit
      ? { Items }
      : { Items, LastEvaluatedKey: keyOf(last) };
  }

  #write(writes: readonly TransactWriteItem[]): readonly ItemChange[] {
    const planned = writes.map((write) => this.#plan(write));
    const keys = new Set(planned.map(({ key }) => key));
    if (keys.size < planned.length) throw new Error('A transaction writes an item once only.');
    if (planned.some(({ isAllowed }) => !isAllowed)) {
      throw new TransactionCanceledException({
        message: 'A condition did not hold.',
        $metadata: {},
        CancellationReasons: planned.map(reasonOf),
      });
    }
    for (const { key, after } of planned) this.#set(key, after);
    return planned.filter(({ before, after }) => before !== after);
  }

  #plan({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): PlannedWrite {
    const write = Put ?? Update ?? Delete ?? ConditionCheck;
    if (write === undefined) throw new Error('An item of a transaction does nothing.');
    const item = 'Item' in write ? write.Item : write.Key;
    const key = textOf(item ?? {});
    const before = this.#items.get(key);
    const placeholders = placeholdersOf(write);
    const isAllowed =
      write.ConditionExpression === undefined || conditionOf(write.ConditionExpression)(before, placeholders);
    const after = (): Item | undefined => {
      if (Put !== undefined) return Put.Item;
      if (Delete !== undefined) return undefined;
      if (Update === undefined) return before;
      return updateOf(Update.UpdateExpression ?? '')(before ?? Update.Key ?? {}, placeholders);
    };
    const showsOld = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    return { key, before, after: isAllowed ? after() : before, isAllowed, showsOld };
  }
}

/** Every condition on keys begins with the partition. */
function partitionIn(
  condition: string,
  { names, values }: Placeholders,
): { name: string; value: string | undefined } {
  const [, name = '', value = ''] = /^(\S+) = (\S+)/.exec(condition) ?? [];
  return { name: names[name] ?? name, value: values[value]?.S };
}

function reasonOf({ isAllowed, showsOld, before }: PlannedWrite): CancellationReason {
  if (isAllowed) return { Code: 'None' };
  return {
    Code: 'ConditionalCheckFailed',
    ...(showsOld && before !== undefined ? { Item: { ...before } } : {}),
  };
}

function placeholdersOf(input: {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Placeholders['values'] | undefined;
}): Placeholders {
  return { names: input.ExpressionAttributeNames ?? {}, values: input.ExpressionAttributeValues ?? {} };
}

function textOf(key: Item): string {
  return `${key[partitionKey]?.S} ${key[sortKey]?.S}`;
}

/** All keys of an item, those of the indexes included. */
function keyOf(item: Item): Item {
  const keys: Record<string, AttributeValue> = {};
  for (const name of keyNames) {
    const value = item[name];
    if (value !== undefined) keys[name] = value;
  }
  return keys;
}

/** Equal times are told apart by the item's own key. */
function bySortKey(a: Item, b: Item, name: string): number {
  const [first, second] = [a[name], b[name]];
  const byNumber = Number(first?.N ?? 0) - Number(second?.N ?? 0);
  if (byNumber !== 0) return byNumber;
  const [x, y] = [`${first?.S} ${textOf(a)}`, `${second?.S} ${textOf(b)}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
