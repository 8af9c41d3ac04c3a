import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, type Fate, fine, ours, theirs } from './support/both-clients.ts';

describe('what is tried again, and how often, is as with the SDK', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const error = (statusCode: number, code: string): Answer => ({
    statusCode,
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'no' }),
  });
  const read = new GetItemCommand({ TableName: 'orders', Key: { pk: { S: 'a' } } });

  /** With three attempts in all, of which the first has these fates and the others succeed. */
  async function requestsBy(
    whose: typeof ours,
    fates: readonly Fate[],
  ): Promise<readonly [requests: number, outcome: string]> {
    const left = [...fates];
    const exchanged = whose('dynamoDb', read, 3, () => left.shift() ?? fine);
    await vi.runAllTimersAsync();
    const { requests, outcome } = await exchanged;
    return [requests.length, Object.keys(outcome as object).join()];
  }

  it.each<[string, Fate]>([
    ...[
      'ThrottlingException',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'TransactionInProgressException',
      'ReplicatedWriteConflictException',
      'TransactionCanceledException',
      'ConditionalCheckFailedException',
      'TransactionConflictException',
      'ValidationException',
      'AccessDeniedException',
      'ExpiredTokenException',
      'ResourceNotFoundException',
    ].map((code): [string, Fate] => [code, error(400, code)]),
    ...[413, 429, 500, 501, 502, 503, 504].map((status): [string, Fate] => [
      `status ${status}`,
      error(status, 'SomethingElse'),
    ]),
    ...[
      'ECONNRESET',
      'ECONNREFUSED',
      'EPIPE',
      'ETIMEDOUT',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'timeout',
    ].map((code): [string, Fate] => [code, { code }]),
    ['an answer that is no JSON', { statusCode: 200, body: '{"Item":' }],
  ])('%s', async (_what, fate) => {
    for (const times of [1, 2, 3]) {
      const fates = Array.from({ length: times }, () => fate);
      expect(await requestsBy(ours, fates)).toEqual(await requestsBy(theirs, fates));
    }
  });
});
