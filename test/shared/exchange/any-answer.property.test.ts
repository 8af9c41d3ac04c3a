import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeClient } from '../../../shared/exchange/client.ts';
import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import type { CancelOutcome, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import { tries } from '../../support/thorough.ts';
import { acceptsOurOrder, acceptsTransfer } from './support/acceptances.ts';
import { anyBody, anyHeaders, anyStatus } from './support/any-answer.ts';
import { clientTools, clientWith } from './support/client-tools.ts';
import { echoingTransport, holdsSecret, type WireAnswer } from './support/echoing-transport.ts';
import { cancelling, type Endpoint, moving, placing, reads, withoutEndpoint } from './support/endpoints.ts';
import { anyBytes, hostileJson, spoilt } from './support/spoilt-answers.ts';

/** Per endpoint. */
const answersTried = tries(700, 5_000);

/** Answers of all kinds: bytes, right ones that are spoilt, nearly right ones, hostile ones, and right ones. */
function anyAnswerOf({ rightAnswer }: Endpoint): fc.Arbitrary<WireAnswer> {
  const right = JSON.stringify(rightAnswer);
  return fc.record({
    status: anyStatus,
    headers: anyHeaders,
    body: fc.oneof(
      { weight: 4, arbitrary: anyBytes },
      { weight: 8, arbitrary: spoilt(right) },
      { weight: 2, arbitrary: anyBody.map((text) => Buffer.from(text, 'utf8')) },
      { weight: 1, arbitrary: hostileJson },
      { weight: 1, arbitrary: fc.constant(Buffer.from(right, 'utf8')) },
    ),
  });
}

/** What was returned, or what was thrown. */
interface Result {
  readonly value?: unknown;
  readonly error?: unknown;
}

/** Gives the endpoint thousands of answers, and each result to a judge that says what is wrong with it. */
async function tryAnswers(
  endpoint: Endpoint,
  judge: (result: Result, answer: WireAnswer) => string | undefined,
): Promise<void> {
  const property = fc.asyncProperty(anyAnswerOf(endpoint), async (answer) => {
    const { transport, requests } = echoingTransport(answer);
    const result: Result = await endpoint.call(clientWith({ transport })).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const finding = judge(result, answer);
    if (finding !== undefined) throw new Error(finding);
    const told = reads.includes(endpoint) ? result.error : result;
    if (holdsSecret(inspect(told, { depth: 5, showHidden: true }), requests))
      throw new Error('It tells a secret.');
    if (requests.some(({ method }) => method !== 'GET') && requests.length > 1)
      throw new Error('It was sent again.');
  });
  await fc.assert(property, { numRuns: answersTried });
}

describe.each(reads)('$method', (endpoint) => {
  it(`returns or throws an ExchangeReadError without a secret, whatever ${answersTried} answers say`, async () => {
    const seen = { returned: 0, refused: 0 };
    await tryAnswers(endpoint, (result) => {
      if ('value' in result) seen.returned += 1;
      else seen.refused += 1;
      return 'value' in result || result.error instanceof ExchangeReadError
        ? undefined
        : inspect(result.error);
    });
    expect(Math.min(seen.returned, seen.refused)).toBeGreaterThan(answersTried / 50);
  });
});

describe.each([
  { ...placing, accepts: acceptsOurOrder },
  { ...moving, accepts: acceptsTransfer },
])('$method', ({ accepts, ...endpoint }) => {
  it(`takes nothing but a well-formed acceptance for one, sends once and never throws, whatever ${answersTried} answers say`, async () => {
    const seen: Record<PlacementOutcome['kind'], number> = {
      accepted: 0,
      refused: 0,
      unknown: 0,
      'not-sent': 0,
    };
    await tryAnswers(endpoint, ({ value, error }, { status, body }) => {
      if (error !== undefined) return `It threw ${inspect(error)}`;
      const outcome = value as PlacementOutcome | TransferOutcome;
      seen[outcome.kind] += 1;
      return (outcome.kind === 'accepted') === accepts(status, body) ? undefined : `It is ${outcome.kind}`;
    });
    expect(Math.min(seen.accepted, seen.unknown)).toBeGreaterThan(answersTried / 50);
    expect(seen['not-sent']).toBe(0);
  });
});

describe('cancelOrder', () => {
  it(`takes nothing but a 2xx for a request that arrived, sends once and never throws, whatever ${answersTried} answers say`, async () => {
    const seen: Record<CancelOutcome['kind'], number> = { requested: 0, refused: 0, unknown: 0 };
    await tryAnswers(cancelling, ({ value, error }, { status }) => {
      if (error !== undefined) return `It threw ${inspect(error)}`;
      const outcome = value as CancelOutcome;
      seen[outcome.kind] += 1;
      return (outcome.kind === 'requested') === (status >= 200 && status < 300) ? undefined : outcome.kind;
    });
    expect(Math.min(seen.requested, seen.refused, seen.unknown)).toBeGreaterThan(answersTried / 50);
  });
});

it('these are all endpoints that the client calls', () => {
  const tried = [...reads, placing, moving, cancelling].map(({ method }) => method);
  const methods = Object.keys(
    clientWith(clientTools(echoingTransport({ status: 200, headers: {}, body: Buffer.of() }))),
  );
  expect([...tried, ...withoutEndpoint].toSorted()).toEqual(methods.toSorted());
  expect(new Set<keyof ExchangeClient>(tried).size).toBe(tried.length);
});
