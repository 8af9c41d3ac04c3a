import { randomUUID } from 'node:crypto';
import {
  type CancellationReason,
  type DynamoDBClient,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { StoreUnavailableError } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import type { Item } from './item.ts';

/** What writing needs, and whatever else is tried again. */
export interface TransactionTools {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly clock: Pick<Clock, 'wait'>;
  readonly random: () => number;
}

/** Either all was written, or nothing was because of conditions: then one reason for each item, in order. */
export type TransactionResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'refused'; readonly reasons: readonly CancellationReason[] };

/** Reasons that say nothing about the conditions and pass by themselves. */
const passingReasons = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);
/** How often something is tried that may pass by itself. */
export const attempts = 4;
const longestFirstWaitMs = 50;

/**
 * Writes all of these items or none. The SDK repeats a request without an answer under the same request token, so
 * that it takes effect once; conflicts with other transactions, which the SDK does not repeat, are tried again.
 *
 * @throws StoreUnavailableError if it is not known, or not the case, that it was written or refused
 */
export async function writeTogether(
  tools: TransactionTools,
  items: readonly TransactWriteItem[],
): Promise<TransactionResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const ClientRequestToken = randomUUID();
      await tools.client.send(
        new TransactWriteItemsCommand({ TransactItems: [...items], ClientRequestToken }),
      );
      return { kind: 'written' };
    } catch (error) {
      const reasons = isCancellation(error) ? (error.CancellationReasons ?? []) : [];
      if (reasons.some(isRefusal)) return { kind: 'refused', reasons };
      if (!reasons.some(isPassing) || attempt >= attempts) throw storeError(error);
      await waitAfter(tools, attempt);
    }
  }
}

/** Waits before the next attempt: longer each time, and not as long as others who have failed with it. */
export async function waitAfter(
  { clock, random }: Pick<TransactionTools, 'clock' | 'random'>,
  attempt: number,
): Promise<void> {
  await clock.wait(longestFirstWaitMs * 2 ** attempt * random());
}

/** An item of a transaction, and what it is for, so that its refusal can be understood. */
export type PurposeWrite<Purpose extends string> = readonly [Purpose, TransactWriteItem];

/**
 * Writes all or nothing, and says which of the conditions did not hold.
 *
 * @returns the purposes of what was refused, and the first item as it was there, if it was asked for
 * @throws StoreUnavailableError
 */
export async function writeForPurposes<Purpose extends string>(
  tools: TransactionTools,
  writes: readonly PurposeWrite<Purpose>[],
): Promise<{ refused: ReadonlySet<Purpose>; existing: Item | undefined }> {
  const result = await writeTogether(
    tools,
    writes.map(([, item]) => item),
  );
  if (result.kind === 'written') return { refused: new Set(), existing: undefined };
  const refused = writes
    .filter((_write, index) => isRefusal(result.reasons[index]))
    .map(([purpose]) => purpose);
  return { refused: new Set(refused), existing: result.reasons[0]?.Item };
}

/** By its name: not every client makes errors with the SDK's classes. */
function isCancellation(error: unknown): error is TransactionCanceledException {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}

/** Whether a reason is a condition that did not hold. */
function isRefusal(reason: CancellationReason | undefined): boolean {
  return reason?.Code === 'ConditionalCheckFailed';
}

/** The error in our terms, by name only: the SDK's errors carry requests. */
export function storeError(error: unknown): StoreUnavailableError {
  return new StoreUnavailableError(error instanceof Error ? error.name : 'unknown');
}

function isPassing(reason: CancellationReason): boolean {
  return passingReasons.has(reason.Code ?? '');
}
