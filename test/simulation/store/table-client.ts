import {
  type DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { SimulatedStore, StoreWatcher } from './simulated-store.ts';
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
 * answer, or be refused because another transaction was at the same item.
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
        return output;
      },
    });
  };
  return { send: send as DynamoDBClient['send'] };
}

function conflict(): TransactionCanceledException {
  return new TransactionCanceledException({
    message: 'Another transaction was at the same item.',
    $metadata: {},
    CancellationReasons: [{ Code: 'TransactionConflict' }],
  });
}
