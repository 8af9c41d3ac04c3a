import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import type { CancelOutcome, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import { createTransport } from '../../../shared/transport/transport.ts';
import { httpAnswer, startRawServer } from '../transport/support/raw-server.ts';
import { clientWith } from './support/client-tools.ts';
import { cancelling, placing, reads } from './support/endpoints.ts';
import { anyBytes, hostileJson, spoilt } from './support/spoilt-answers.ts';

const answersTried = 300;
const right = httpAnswer('201 Created', JSON.stringify(placing.rightAnswer), ['connection: close']);

/** What comes back over the connection before it is closed: no HTTP at all, spoilt HTTP, or HTTP about anything. */
const anyReply = fc.oneof(
  anyBytes,
  spoilt(right),
  fc
    .oneof(anyBytes, hostileJson)
    .map((body) =>
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`), body]),
    ),
);

it(`${answersTried} replies of any bytes over a real socket: one request each, nothing thrown but what is meant to be`, async () => {
  let reply: Buffer = Buffer.of();
  await using server = await startRawServer((socket) => void socket.end(reply));
  const transport = createTransport(server.origin);
  const kinds = new Set<string>();
  const property = fc.asyncProperty(anyReply, async (bytes) => {
    reply = bytes;
    const before = server.requests.length;
    const placed = (await placing.call(clientWith({ transport }))) as PlacementOutcome;
    expect(server.requests.length - before).toBe(1);
    kinds.add(placed.kind);
    if (placed.kind === 'accepted') expect(bytes.toString('latin1')).toContain(placed.exchangeOrderId);
    else expect(placed.kind).toBe('unknown');

    const cancelled = (await cancelling.call(clientWith({ transport }))) as CancelOutcome;
    expect(server.requests.length - before).toBe(2);
    kinds.add(cancelled.kind);

    const { call } = reads[before % reads.length] ?? cancelling;
    const error: unknown = await call(clientWith({ transport })).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error === undefined || error instanceof ExchangeReadError, inspect(error)).toBe(true);
  });
  // The right reply is among them for sure: spoiling seldom leaves it whole.
  await fc.assert(property, { numRuns: answersTried, examples: [[Buffer.from(right)]] });
  expect([...kinds].toSorted()).toEqual(expect.arrayContaining(['accepted', 'requested', 'unknown']));
}, 60_000);
