import * as v from 'valibot';
import { decisionPage, orderPage, problemAnswer, statusAnswer } from '../api-document/answers.ts';
import type { ApiAnswer, ApiClient } from '../service/api-client.ts';

/** Answers may get more fields: what is not known here is left out. */
const orderSchema = v.object(orderPage.entries.orders.item.entries);
const decisionSchema = v.object({
  ...decisionPage.entries.decisions.item.entries,
  actions: v.array(v.unknown()),
});
const budgetSchema = v.object(statusAnswer.entries.budgets.entries.day.entries);

export const orderPageSchema = v.object({
  orders: v.array(orderSchema),
  nextCursor: orderPage.entries.nextCursor,
});
export const decisionPageSchema = v.object({
  decisions: v.array(decisionSchema),
  nextCursor: decisionPage.entries.nextCursor,
});
export const statusSchema = v.object({
  stage: statusAnswer.entries.stage,
  time: statusAnswer.entries.time,
  limits: v.object({ perDay: v.string(), perMonth: v.string() }),
  budgets: v.object({ day: budgetSchema, month: budgetSchema }),
  instruments: v.array(
    v.object({ symbol: v.string(), policy: v.nullable(v.string()), maximumPrice: v.string() }),
  ),
});

export type OrderView = v.InferOutput<typeof orderSchema>;
export type DecisionView = v.InferOutput<typeof decisionSchema>;
export type StatusView = v.InferOutput<typeof statusSchema>;

/** Reads from the API and checks the answer. Throws whatever tells its user why that was not possible. */
export type ReadApi = <Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
) => Promise<v.InferOutput<Schema>>;

/** The API refused, or answered with something else than its document says. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}

/** Reads with a client. Many pages in a row may be more than the stage's throttling lets through: then it waits. */
export function apiReader(api: Pick<ApiClient, 'get'>, pause: (ms: number) => Promise<void>): ReadApi {
  return async (path, schema) => {
    const { status, body } = await patiently(() => api.get(path), pause);
    const what = path.split('?', 1)[0];
    if (status !== 200) {
      const problem = v.safeParse(v.object({ code: problemAnswer.entries.code }), body);
      throw new ReadError(`GET ${what} was answered with ${problem.success ? problem.output.code : status}.`);
    }
    const parsed = v.safeParse(schema, body);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw new ReadError(`GET ${what}: ${v.getDotPath(issue) ?? 'the body'} is not as documented.`);
  };
}

const mostAttempts = 6;
const firstPauseMs = 250;
/** Answers that ask for patience: nothing is wrong with the request. */
const patientStatus: ReadonlySet<number> = new Set([429, 503]);

/** Sends a read again where the API is too busy for it, for as long as it says, or twice as long as before. */
export async function patiently(
  read: () => Promise<ApiAnswer>,
  pause: (ms: number) => Promise<void>,
): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await read();
    if (!patientStatus.has(answer.status) || attempt === mostAttempts) return answer;
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    await pause(seconds > 0 && seconds <= 60 ? seconds * 1_000 : firstPauseMs * 2 ** (attempt - 1));
  }
}
