import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalStack, StackEvent } from '../../../local/runner/start-stack.ts';
import { answeredBy, startFixture } from './support/fixture.ts';
import { processState } from './support/process-state.ts';

const generatedSecret: unknown = expect.stringMatching(/^[A-Za-z0-9]{20}$/);
const traceOf = (line: string): unknown => expect.arrayContaining([line]);

let stack: LocalStack;
const lines: string[] = [];
const events: StackEvent[] = [];

beforeAll(async () => {
  process.env['ONLY_OF_THE_RUNNER'] = 'secret';
  stack = await startFixture({
    environment: { OVERRIDDEN: 'caller' },
    onLog: ({ logicalId }, line) => lines.push(`${logicalId}: ${line}`),
    onEvent: (event) => events.push(event),
  });
});

afterAll(() => stack.close());

/** Invokes and gives what the fixture tells about its process. */
async function run(behaviour: object, functionId = 'Behaviours') {
  const result = await stack.invoke(functionId, behaviour);
  expect(result.ok).toBe(true);
  return answeredBy(result);
}

describe('a sandbox', () => {
  it('is used again and again, also right after an answer', async () => {
    const processIds = new Set<number>();
    for (let count = 0; count < 20; count += 1) processIds.add((await run({ do: 'answer' })).processId);
    expect(processIds.size).toBe(1);
  });

  it('stands still between invocations, with whatever the handler did not wait for', async () => {
    const { processId } = await run({ do: 'forget' });
    expect(processState(processId)).toBe('T');
    await run({ do: 'dawdle', milliseconds: 400 }, 'Limited');
    const { ticks, ...later } = await run({ do: 'answer' });
    expect(later.processId).toBe(processId);
    // Running on, it would have made about 80.
    expect(ticks).toBeLessThan(20);
  });

  it('is one of several when invocations overlap, and throttled beyond the reserved number', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => run({ do: 'dawdle', milliseconds: 100 })));
    expect(new Set(runs.map(({ processId }) => processId)).size).toBe(3);
    const dawdle = { do: 'dawdle', milliseconds: 100 };
    const [first, second] = await Promise.all([
      stack.invoke('Limited', dawdle),
      stack.invoke('Limited', dawdle),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, error: { errorType: 'TooManyRequestsException' } });
    expect((await stack.invoke('Limited', dawdle)).ok).toBe(true);
  });
});

describe('a function that fails', () => {
  it('reports what it threw, and its sandbox goes on', async () => {
    const before = await run({ do: 'answer' });
    expect(await stack.invoke('Behaviours', { do: 'throw' })).toMatchObject({
      ok: false,
      error: {
        errorType: 'RangeError',
        errorMessage: 'out of range',
        trace: traceOf('RangeError: out of range'),
      },
    });
    expect((await run({ do: 'answer' })).processId).toBe(before.processId);
  });

  it('is killed at its timeout, and the next invocation has a new sandbox', async () => {
    const before = await run({ do: 'answer' });
    const result = await stack.invoke('Behaviours', { do: 'hang' });
    expect(result).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    expect(result.ok ? '' : result.error.errorMessage).toMatch(/Task timed out after 1\.00 seconds$/);
    expect(result.durationMs).toBeGreaterThanOrEqual(990);
    const after = await run({ do: 'answer' });
    expect(after.processId).not.toBe(before.processId);
    await expect.poll(() => processState(before.processId)).toMatch(/^Z?$/);
  });

  it.each([
    ['exits', { do: 'exit' }, 'exit status 3', 'Behaviours'],
    ['leaves a rejection unhandled', { do: 'strayRejection' }, 'exit status 1', 'Behaviours'],
    ['runs out of memory', { do: 'exhaust' }, 'signal: SIGABRT', 'Limited'],
  ])('reports that it %s', async (_what, event, reason, functionId) => {
    const result = await stack.invoke(functionId, event);
    expect(result).toMatchObject({
      ok: false,
      error: {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: ${reason}`,
      },
    });
    expect((await stack.invoke(functionId, { do: 'answer' })).ok).toBe(true);
  });

  it('reports why it cannot be loaded', async () => {
    const expected = { ok: false, error: { errorType: 'TypeError', errorMessage: 'cannot start' } };
    expect(await stack.invoke('Broken', {})).toMatchObject(expected);
    expect(await stack.invoke('Broken', {})).toMatchObject(expected);
  });

  it('may neither get nor answer more than 6 MB', async () => {
    expect(await stack.invoke('Limited', { do: 'large', bytes: 6_291_557 })).toMatchObject({
      ok: false,
      error: { errorType: 'Function.ResponseSizeTooLarge' },
    });
    expect((await stack.invoke('Limited', { do: 'large', bytes: 6_000_000 })).ok).toBe(true);
    expect(await stack.invoke('Limited', { do: 'answer', text: 'x'.repeat(6_291_456) })).toMatchObject({
      ok: false,
      error: { errorType: 'RequestTooLargeException' },
    });
  });
});

describe('what a function sees', () => {
  it('is the environment of the template and of Lambda, and nothing of the runner', async () => {
    const result = await stack.invoke('Behaviours', { do: 'environment' });
    const environment = v.parse(v.record(v.string(), v.string()), result.ok ? result.payload : undefined);
    expect(environment).toMatchObject({
      DECLARED: 'yes',
      TABLE_NAME: stack.tableNames.get('Table'),
      OVERRIDDEN: 'caller',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_ENDPOINT_URL_DYNAMODB: stack.dynamoDb.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: stack.secretsManager.endpoint,
    });
    expect(environment).not.toHaveProperty('ONLY_OF_THE_RUNNER');
    expect(environment).not.toHaveProperty('HOME');
  });

  it('is a context with the deadline of its timeout', async () => {
    const result = await stack.invoke('Behaviours', { do: 'context' });
    const context = v.parse(
      v.object({ remaining: v.number(), requestId: v.string(), arn: v.string(), memory: v.string() }),
      result.ok ? result.payload : undefined,
    );
    expect(context.remaining).toBeGreaterThan(500);
    expect(context.remaining).toBeLessThanOrEqual(1000);
    const [description] = stack.functions.filter(({ logicalId }) => logicalId === 'Behaviours');
    expect(context).toMatchObject({ requestId: result.requestId, arn: description?.arn, memory: '128' });
  });

  it('is the table and the secret, through the SDK as it is deployed', async () => {
    const result = await stack.invoke('Stores', { text: 'written' });
    expect(result).toMatchObject({
      ok: true,
      payload: {
        text: 'written',
        secret: generatedSecret,
        place: `table/eu-west-1/table/${stack.tableNames.get('Table')}`,
      },
    });
  });
});

describe('what is told about a function', () => {
  it('is each line it writes, with its name', async () => {
    await stack.invoke('Behaviours', { do: 'log', line: 'a line — with ünicode' });
    await expect
      .poll(() => lines)
      .toContainEqual(expect.stringMatching(/^Behaviours: .*INFO\ta line — with ünicode$/));
  });

  it('is the start and the end of each invocation, and that of the sandbox when it is new', async () => {
    events.length = 0;
    await stack.invoke('Limited', { do: 'answer' });
    const { requestId } = await stack.invoke('Limited', { do: 'answer' });
    const own = events.filter(
      (event) =>
        (event.type === 'invocation-started' && event.requestId === requestId) ||
        (event.type === 'invocation-finished' && event.result.requestId === requestId),
    );
    expect(own).toMatchObject([
      { type: 'invocation-started', function: { logicalId: 'Limited' } },
      { type: 'invocation-finished', result: { ok: true, initDurationMs: undefined } },
    ]);
  });

  it('is that there is no function of a name', async () => {
    await expect(stack.invoke('Nobody', {})).rejects.toThrow('There is no function Nobody');
  });
});
