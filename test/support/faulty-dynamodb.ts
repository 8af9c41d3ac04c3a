import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';

/** What happens to a request on its way to the engine. */
export type DynamoDbFault =
  /** It takes effect, and its answer is lost with the connection. */
  | 'lose-answer'
  /** It takes effect, and is answered with a 500. */
  | 'fail-after'
  /** It never arrives: the connection is reset. */
  | 'reset-before'
  /** It never arrives, and is answered as a transaction that was in conflict with another. */
  | 'conflict'
  /** It never arrives, and is answered as too much. */
  | 'throttle'
  /** A read of many items gives the second half of them, and leaves the first for another request. */
  | 'leave-half';

/** A way to a real engine that loses and refuses requests on demand. */
export interface FaultyDynamoDb {
  readonly endpoint: string;
  /** What happens to the next requests of this operation, in turn. */
  plan(operation: string, ...faults: readonly DynamoDbFault[]): void;
  /** How many requests of an operation have reached the engine. */
  arrived(operation: string): number;
  /**
   * From now on requests whose body matches take effect, and are never answered.
   *
   * @returns when the first of them has taken effect
   */
  holdAnswersTo(body: RegExp): Promise<void>;
  close(): Promise<void>;
}

const errors = {
  conflict: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: 'cancelled',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  },
  throttle: {
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'slow',
  },
  'fail-after': { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'oops' },
} as const;

/** @param engine the endpoint of a real DynamoDB engine */
export async function startFaultyDynamoDb(engine: string): Promise<FaultyDynamoDb> {
  const target = new URL(engine);
  const planned = new Map<string, DynamoDbFault[]>();
  const arrivals = new Map<string, number>();
  let held: { readonly body: RegExp; readonly onEffect: () => void } | undefined;
  const server = createServer((incoming, response) => {
    void (async () => {
      const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
      const body = await read(incoming);
      const fault = planned.get(operation)?.shift();
      const say = (status: number, content: object): void => {
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(content));
      };
      if (fault === 'reset-before') return void incoming.socket.resetAndDestroy();
      if (fault === 'conflict' || fault === 'throttle') return say(400, errors[fault]);
      arrivals.set(operation, (arrivals.get(operation) ?? 0) + 1);
      const { host: _host, ...headers } = incoming.headers;
      const onward = forward(target, {
        method: 'POST',
        path: incoming.url,
        headers: { ...headers, host: incoming.headers.host },
      });
      onward.end(body);
      const answer = await new Promise<IncomingMessage>((done) => onward.on('response', done));
      const text = await read(answer);
      if (held?.body.test(body.toString()) === true) return held.onEffect();
      if (fault === 'lose-answer') incoming.socket.resetAndDestroy();
      else if (fault === 'fail-after') say(500, errors[fault]);
      else if (fault === 'leave-half') say(200, withoutHalf(body, text));
      else response.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    plan: (operation, ...faults) => planned.set(operation, [...faults]),
    arrived: (operation) => arrivals.get(operation) ?? 0,
    holdAnswersTo: (body) =>
      new Promise((onEffect) => {
        held = { body, onEffect };
      }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

const keySchema = v.record(v.string(), v.unknown());
const batchSchema = v.object({
  RequestItems: v.record(v.string(), v.looseObject({ Keys: v.array(keySchema) })),
});
const batchAnswerSchema = v.object({ Responses: v.record(v.string(), v.array(keySchema)) });

/** An answer to a read of many items as DynamoDB gives it when it has no capacity for the first half of the keys. */
function withoutHalf(request: Buffer, answer: Buffer): object {
  const { RequestItems } = v.parse(batchSchema, JSON.parse(request.toString()));
  const { Responses } = v.parse(batchAnswerSchema, JSON.parse(answer.toString()));
  const left = Object.entries(RequestItems).map(([table, { Keys, ...more }]) => {
    return [table, { ...more, Keys: Keys.slice(0, Math.ceil(Keys.length / 2)) }] as const;
  });
  const given = left.map(([table, { Keys }]) => {
    const isLeft = (item: object) => Keys.some((key) => isDeepStrictEqual({ ...item, ...key }, item));
    return [table, Responses[table]?.filter((item) => !isLeft(item)) ?? []] as const;
  });
  return { Responses: Object.fromEntries(given), UnprocessedKeys: Object.fromEntries(left) };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
