import * as v from 'valibot';
import type { ApiAnswer, ApiClient } from '../../local/service/api-client.ts';
import { Failure } from '../failure.ts';
import type { Target } from '../target/target.ts';
import { type Problem, problemSchema } from './answers.ts';
import { meaningOf } from './problems.ts';

/** Whether a request that got no answer can have had an effect that matters. */
export type Risk = 'harmless' | 'may-buy';

/** What a call of the API needs to be told of. */
export interface Call<Schema extends v.GenericSchema> {
  readonly schema: Schema;
  readonly send: (api: ApiClient) => Promise<ApiAnswer>;
  /** @default harmless */
  readonly risk?: Risk;
  /** Said where it stays unclear what became of it. */
  readonly onceUnclear?: string;
}

/**
 * Calls the API and reads its answer.
 *
 * @throws Failure with what the API says, or why it said nothing
 */
export async function call<Schema extends v.GenericSchema>(
  target: Target,
  { schema, send, risk = 'harmless', onceUnclear = '' }: Call<Schema>,
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: v.InferOutput<Schema> }> {
  const api = await target.api();
  const answer = await send(api).catch((error: unknown) => {
    throw noAnswer(error, target, risk, onceUnclear);
  });
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    const parsed = v.safeParse(schema, answer.body);
    if (parsed.success) return { status, headers, body: parsed.output };
    throw new Failure('failed', 'The answer of the API is not what this program knows.', {
      why: `${v.getDotPath(parsed.issues[0]) ?? 'body'}: ${parsed.issues[0].message}`,
      todo: 'Update this program, or deploy the stage again, so that both are of one version.',
    });
  }
  throw refusal(answer, target, risk, onceUnclear);
}

/** Codes with which a connection was never made. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function noAnswer(error: unknown, target: Target, risk: Risk, onceUnclear: string): unknown {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  if (!(error instanceof TypeError) && !isTimeout) return error;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
  if (risk === 'may-buy' && !neverSent.has(code)) return unclear(code, onceUnclear);
  return new Failure('unavailable', `The API of ${target.description} cannot be reached.`, {
    why: `${target.apiUrl}: ${code}`,
    todo: target.isLocal
      ? 'See whether npm start still runs.'
      : 'Check the network, then the region and the stage.',
  });
}

function unclear(why: string, onceUnclear: string): Failure {
  return new Failure('unclear', 'It is not known whether the order was sent.', { why, todo: onceUnclear });
}

function refusal({ status, body }: ApiAnswer, target: Target, risk: Risk, onceUnclear: string): Failure {
  const problem = v.safeParse(problemSchema, body);
  if (problem.success) return failureOf(problem.output, onceUnclear);
  if (status === 403) {
    return new Failure('credentials', `${target.description} refuses the request.`, {
      code: 'forbidden',
      why: 'Your credentials may not call it, or the clock of this machine is off by more than 5 minutes.',
      todo: 'See which it is: grid-buyer doctor. A caller needs execute-api:Invoke on the output ApiExecuteArn.',
    });
  }
  if (status === 429)
    return new Failure('unavailable', 'Too many requests at once.', { todo: 'Wait a second.' });
  if (risk === 'may-buy') return unclear(`The API answered ${status}.`, onceUnclear);
  return new Failure('unavailable', `The API of ${target.description} answered ${status}.`, {
    todo: 'Run it again in a moment; an alarm tells the operators.',
  });
}

/** What the API says is wrong. */
function failureOf(problem: Problem, onceUnclear: string): Failure {
  const { title, code, detail, errors, order } = problem;
  const { kind, todo } = meaningOf(problem);
  const mayHaveBought = code === 'internal-error' && onceUnclear !== '';
  return new Failure(mayHaveBought ? 'unclear' : kind, title, {
    code,
    ...(detail === undefined ? {} : { why: detail }),
    todo: mayHaveBought ? onceUnclear : todo,
    problems: errors.map(({ field, message }) => `${field} ${message}`),
    ...(order === undefined ? {} : { data: { order } }),
  });
}
