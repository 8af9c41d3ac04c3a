import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { Item } from './expression.ts';
import type { SimulatedStore, StoreWatcher } from './simulated-store.ts';
import type { CommandResult } from './simulated-table.ts';
import type { StoreOutages } from './store-outages.ts';

/** What an invocation's way to the table needs. */
export interface TableClientTools {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly outages: StoreOutages;
  readonly store: SimulatedStore;
  readonly invocation: Invocation;
  readonly watcher: StoreWatcher;
}

/** No answer came: a time-out, a 500, or no connection. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/**
 * The client of the database as one invocation has it. A command can fail without effect, take effect and lose its
 * answer, be refused because another transaction was at the same item, or give a part of what it asks for.
 */
export function createTableClient(tools: TableClientTools): Pick<DynamoDBClient, 'send'> {
  const { invocation, kernel, random, faults, outages, store, watcher } = tools;
  const send = (command: object): Promise<unknown> => {
    const slowMs = random.chance(faults.storeIsSlow) ? random.integer(500, 12_000) : 0;
    return invocation.call({
      name: `store.${command.constructor.name}`,
      requestMs: random.integer(1, 15) + slowMs,
      responseMs: random.integer(1, 15),
      perform: async () => {
        if (store.isLost || kernel.now() < outages.until || random.chance(faults.storeFailsBefore))
          throw new NoAnswerError();
        if (command instanceof TransactWriteItemsCommand && random.chance(faults.storeConflict))
          throw conflict();
        const output = store.execute(command, watcher);
        if (random.chance(faults.storeFailsAfter)) throw new NoAnswerError();
        if (!(command instanceof BatchGetItemCommand)) return output;
        return leaveSome(command, output, () => random.chance(faults.storeLeavesUnread));
      },
    });
  };
  return { send: send as DynamoDBClient['send'] };
}

/** What a read of many items gives, without some of them: their keys are left for another request. */
function leaveSome(
  { input: { RequestItems = {} } }: BatchGetItemCommand,
  { Responses = {} }: CommandResult['output'],
  isLeft: () => boolean,
): Pick<BatchGetItemCommandOutput, 'Responses' | 'UnprocessedKeys'> {
  const given: Record<string, Item[]> = {};
  const left: typeof RequestItems = {};
  for (const [table, request] of Object.entries(RequestItems)) {
    const Keys = request.Keys?.filter(isLeft) ?? [];
    if (Keys.length > 0) left[table] = { ...request, Keys };
    given[table] = Responses[table]?.filter((item) => !Keys.some((key) => isAt(item, key))) ?? [];
  }
  return { Responses: given, UnprocessedKeys: left };
}

function isAt(item: Item, key: Item): boolean {
  return Object.entries(key).every(([name, value]) => isDeepStrictEqual(item[name], value));
}

function conflict(): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'Another transaction was at the same item.',
    $metadata: {},
    CancellationReasons: [{ Code: 'TransactionConflict' }],
  });
}
