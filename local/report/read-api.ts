import * as v from 'valibot';
import { decisionPage, orderPage, statusAnswer } from '../api-document/answers.ts';
import type { ApiAnswer } from '../service/api-client.ts';

/** Answers may get more fields: what is not known here is left out. */
const orderSchema = v.object(orderPage.entries.orders.item.entries);
const decisionEntries = decisionPage.entries.decisions.item.entries;
const decisionSchema = v.object({
  ...decisionEntries,
  // A stage that was deployed before it was told reads the book at each check.
  bookReadAt: v.optional(decisionEntries.bookReadAt),
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
