import * as dynamoDbErrors from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as secretsErrors from '@aws-sdk/client-secrets-manager';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCommandSender } from '../../../shared/aws/command-sender.ts';
import { retriedErrors } from '../../../shared/aws/json-protocol.ts';
import {
  type Answer,
  credentials,
  endpoint,
  fine,
  ours,
  region,
  type Service,
  services,
  theirs,
} from './support/both-clients.ts';

async function expectTheSame(service: Service, command: object, answer: Answer): Promise<void> {
  const reference = await theirs(service, command, 1, () => answer);
  expect(await ours(service, command, 1, () => answer)).toEqual(reference);
  expect(reference.requests).toHaveLength(1);
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const name = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 })
  .filter((one) => one !== '__proto__');
const { attribute } = fc.letrec<{ attribute: unknown }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'attribute' },
    text.map((S) => ({ S })),
    fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }).map((N) => ({ N: String(N) })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true }),
    fc.array(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
    fc.array(tie('attribute'), { maxLength: 3 }).map((L) => ({ L })),
    fc.dictionary(name, tie('attribute'), { maxKeys: 3 }).map((M) => ({ M })),
  ),
}));
const item = fc.dictionary(name, attribute, { maxKeys: 5 });
const table = { TableName: 'orders' };
const condition = {
  ConditionExpression: '#a = :b',
  ExpressionAttributeNames: { '#a': 'a' },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
};

describe('our calls send and read what clients of the SDK do', () => {
  it('whatever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(item, item, fc.uuid(), async (one, other, ClientRequestToken) => {
        const write = { ...table, Item: one, ...condition, ExpressionAttributeValues: other } as never;
        await expectTheSame('dynamoDb', new PutItemCommand(write), fine);
        const TransactItems = [
          { Put: write },
          { ConditionCheck: { ...table, Key: other, ...condition } },
        ] as never;
        await expectTheSame(
          'dynamoDb',
          new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }),
          fine,
        );
        const read = { ...fine, body: JSON.stringify({ Item: one }) };
        await expectTheSame(
          'dynamoDb',
          new GetItemCommand({ ...table, Key: other, ConsistentRead: true } as never),
          read,
        );
        const Keys = [one, other];
        const many = new BatchGetItemCommand({
          RequestItems: { orders: { Keys, ConsistentRead: true } },
        } as never);
        const some = { Responses: { orders: [one] }, UnprocessedKeys: { orders: { Keys: [other] } } };
        await expectTheSame('dynamoDb', many, { ...fine, body: JSON.stringify(some) });
        const page = { Items: [one, other], Count: 2, ScannedCount: 2, LastEvaluatedKey: other };
        const query = { ...table, Limit: 20, ScanIndexForward: false, ExclusiveStartKey: one } as never;
        await expectTheSame('dynamoDb', new QueryCommand(query), { ...fine, body: JSON.stringify(page) });
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, object]>([
    ['an update', new UpdateItemCommand({ ...table, Key: { pk: { S: 'a' } }, UpdateExpression: 'ADD x :y' })],
    ['a deletion', new DeleteItemCommand({ ...table, Key: { pk: { S: 'a' } } })],
  ])('%s', (_what, command) => expectTheSame('dynamoDb', command, fine));

  it.each<[string, object, object]>([
    [
      'the value of a secret, with its date',
      new GetSecretValueCommand({ SecretId: 'arn', VersionStage: 'AWSCURRENT' }),
      {
        ARN: 'arn',
        Name: 'key',
        VersionId: 'v',
        SecretString: '{"a":"ü"}',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: 1764370000.123,
      },
    ],
    [
      'the labels of a secret, with all its dates',
      new DescribeSecretCommand({ SecretId: 'arn' }),
      {
        ARN: 'arn',
        VersionIdsToStages: { v: ['AWSCURRENT'] },
        CreatedDate: 1764370000,
        LastChangedDate: 1.764370000987e9,
        DeletedDate: 0,
      },
    ],
    [
      'the moving of a label',
      new UpdateSecretVersionStageCommand({
        SecretId: 'arn',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: 'v',
      }),
      { ARN: 'arn' },
    ],
  ])('%s', (_what, command, body) =>
    expectTheSame('secretsManager', command, { ...fine, body: JSON.stringify(body) }),
  );

  const write = new TransactWriteItemsCommand({ TransactItems: [], ClientRequestToken: 'token' });
  const from = 'com.amazonaws.dynamodb.v20120810#';
  it.each<[string, Answer]>([
    ['nothing at all', { statusCode: 200, body: '' }],
    ['members that are null', { statusCode: 200, body: '{"ConsumedCapacity":null}' }],
    [
      'a cancellation with reasons and an item',
      {
        statusCode: 400,
        body: JSON.stringify({
          __type: `${from}TransactionCanceledException`,
          Message: 'Transaction cancelled',
          CancellationReasons: [
            {
              Code: 'ConditionalCheckFailed',
              Item: { pk: { S: 'a' } },
              Message: 'The conditional request failed',
            },
            { Code: 'None', Item: null, Message: null },
          ],
        }),
      },
    ],
    [
      'a condition that did not hold',
      {
        statusCode: 400,
        body: JSON.stringify({
          __type: `${from}ConditionalCheckFailedException`,
          message: 'no',
          Item: { a: { N: '1' } },
        }),
      },
    ],
    [
      'throttling',
      {
        statusCode: 400,
        body: JSON.stringify({ __type: `${from}ProvisionedThroughputExceededException`, message: 'slow' }),
      },
    ],
    [
      'a failure of the service',
      { statusCode: 500, body: JSON.stringify({ __type: `${from}InternalServerError`, message: 'oops' }) },
    ],
    [
      'a type without a namespace',
      { statusCode: 400, body: '{"__type":"ValidationException","message":"what?"}' },
    ],
    [
      'a type in a header',
      {
        statusCode: 400,
        headers: { 'x-amzn-errortype': 'AccessDeniedException:http://x/' },
        body: '{"Message":"no"}',
      },
    ],
    [
      'an error that nobody knows',
      { statusCode: 418, body: `{"__type":"${from}NewException","message":"new"}` },
    ],
    ['an error without a word', { statusCode: 503, body: '' }],
  ])('the answer: %s', (_what, answer) =>
    expectTheSame('dynamoDb', write, {
      ...answer,
      headers: { 'x-amzn-requestid': 'ABC', ...answer.headers },
    }),
  );

  it('a page of a proxy is tried again like one without a word', async () => {
    const { outcome } = await ours('dynamoDb', write, 1, () => ({ statusCode: 502, body: '<html>' }));
    expect(outcome).toMatchObject({ error: { name: 'Unknown', $metadata: { httpStatusCode: 502 } } });
  });

  it('an answer that is no JSON is no answer', async () => {
    const { outcome } = await ours('dynamoDb', write, 1, () => ({ statusCode: 200, body: '{"Item":' }));
    expect(outcome).toMatchObject({ error: { name: 'SyntaxError' } });
  });
});

it('what is no command of the SDK is not sent', () => {
  const send = createCommandSender({
    service: services.dynamoDb.ours,
    endpoint: new URL(endpoint),
    region,
    credentials: credentials(),
    attempts: 1,
    transport: () => Promise.reject(new Error('Something was sent.')),
  });
  expect(() => send({ input: {} })).toThrow('This is no command of the SDK.');
});

it('the errors that are worth another attempt are those of the SDK', () => {
  const classes = Object.entries({ ...dynamoDbErrors, ...secretsErrors }).filter(
    ([, one]) => typeof one === 'function' && one.prototype instanceof Error,
  );
  const marked = classes.filter(([, Class]) => {
    const error: object = new (Class as new (options: object) => Error)({ message: '', $metadata: {} });
    return '$retryable' in error && error.$retryable !== undefined;
  });
  expect(new Set(marked.map(([one]) => one))).toEqual(retriedErrors);
});
