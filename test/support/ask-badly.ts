import * as v from 'valibot';
import type { LocalStack } from '../../local/runner/local-stack.ts';
import { problemAnswer } from './answers.ts';

const parallel = 4;

const gatewayAnswer = v.object({
  statusCode: v.number(),
  headers: v.record(v.string(), v.string()),
  body: v.string(),
});

/** The event of API Gateway for a body, with a proper key and caller. */
function eventOf(route: string, body: string, index: number): object {
  return {
    version: '2.0',
    routeKey: route,
    rawPath: route.split(' ').at(-1),
    rawQueryString: '',
    headers: { 'content-type': 'application/json', 'idempotency-key': `bad-input-number-${index}` },
    requestContext: {
      authorizer: { iam: { accountId: '123456789012', userArn: 'arn:aws:iam::123456789012:user/fuzzer' } },
    },
    body,
    isBase64Encoded: false,
  };
}

/**
 * Sends bad bodies to a function as API Gateway would.
 *
 * @param logicalId how the function's logical id begins: `PlaceOrder`
 * @param route such as `POST /orders`
 * @returns the bodies that were not refused with a problem document that says what is wrong
 */
export async function askBadly(
  stack: Pick<LocalStack, 'functions' | 'invoke'>,
  logicalId: string,
  route: string,
  bodies: readonly string[],
): Promise<readonly string[]> {
  const name = stack.functions.find((one) => one.logicalId.startsWith(logicalId))?.name ?? '';
  const wrong: string[] = [];

  async function ask(body: string, index: number): Promise<void> {
    const result = await stack.invoke(name, eventOf(route, body, index));
    const answer = result.ok ? v.safeParse(gatewayAnswer, result.payload) : undefined;
    const output = answer?.success === true ? answer.output : undefined;
    const problem = v.safeParse(problemAnswer, JSON.parse(output?.body ?? 'null'));
    const isTooLarge = Buffer.byteLength(body) > 4_096;
    const isRight =
      output?.statusCode === (isTooLarge ? 413 : 400) &&
      output.headers['content-type'] === 'application/problem+json' &&
      problem.success &&
      problem.output.code === (isTooLarge ? 'body-too-large' : 'invalid-request') &&
      (isTooLarge || (problem.output.errors ?? []).length > 0);
    if (!isRight) wrong.push(`${body} -> ${JSON.stringify(result)}`);
  }
  for (let index = 0; index < bodies.length; index += parallel) {
    await Promise.all(bodies.slice(index, index + parallel).map((body, offset) => ask(body, index + offset)));
  }
  return wrong;
}
