import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { type LoopbackServer, listenOnLoopback } from '../emulators/loopback/listen.ts';
import { readBody } from '../emulators/loopback/read-body.ts';
import { asWireRequest } from '../emulators/signature/as-wire-request.ts';
import { Forwarder } from '../permissions/proxy/forwarder.ts';
import type { FunctionConnector } from '../runner/function-connector.ts';

/** What the table was asked for. */
export interface TableUse {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

const bodyLimit = 20 * 1024 * 1024;
const units = v.object({
  CapacityUnits: v.optional(v.number(), 0),
  WriteCapacityUnits: v.optional(v.number()),
});
/** One for each table where a request is about several items. */
const answerSchema = v.object({
  ConsumedCapacity: v.optional(
    v.union([
      v.array(units),
      v.pipe(
        units,
        v.transform((one) => [one]),
      ),
    ]),
    [],
  ),
});

/**
 * Lets functions reach DynamoDB through a proxy that asks for the capacity that each request takes, and adds it up. A
 * transaction, which here only ever writes, tells it in other words than a read.
 */
export class CapacityMeter {
  #requests = 0;
  #readUnits = 0;
  #writeUnits = 0;

  /** Everything so far. */
  use(): TableUse {
    return { requests: this.#requests, readUnits: this.#readUnits, writeUnits: this.#writeUnits };
  }

  readonly connect: FunctionConnector = async ({ dynamoDb, secretsManager, now }) => {
    const forwarder = new Forwarder(dynamoDb, 'dynamodb', now);
    const proxy = await this.#start(forwarder);
    const access = {
      credentials: dynamoDb.credentials,
      dynamoDbEndpoint: proxy.url,
      secretsManagerEndpoint: secretsManager.endpoint,
    };
    return {
      accessOf: () => access,
      close: async () => {
        await proxy.close();
        forwarder.close();
      },
    };
  };

  #start(forwarder: Forwarder): Promise<LoopbackServer> {
    return listenOnLoopback((request, response) => this.#pass(forwarder, request, response));
  }

  async #pass(forwarder: Forwarder, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request, bodyLimit)) ?? Buffer.alloc(0);
    const asked = Buffer.from(JSON.stringify({ ...parse(body), ReturnConsumedCapacity: 'INDEXES' }));
    const answer = await forwarder.forward(asWireRequest(request, asked));
    this.#count(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
  }

  #count(body: Buffer): void {
    this.#requests += 1;
    const { ConsumedCapacity: consumed } = v.parse(answerSchema, parse(body));
    for (const { CapacityUnits, WriteCapacityUnits } of consumed) {
      if (WriteCapacityUnits === undefined) this.#readUnits += CapacityUnits;
      else this.#writeUnits += WriteCapacityUnits;
    }
  }
}

function parse(body: Buffer): object {
  const json: unknown = JSON.parse(body.toString('utf8'));
  return typeof json === 'object' && json !== null ? json : {};
}
