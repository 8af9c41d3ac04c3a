import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { openAccountExamination } from '../../shared/composition/account-examination.ts';
import { deadlineOf, lambdaEndsIt } from '../../shared/composition/deadline.ts';
import { openKeyManagement } from '../../shared/composition/key-management.ts';
import type { AccountExamination } from '../../shared/exchange/examine-account.ts';
import { type KeyAnswer, keyAnswer } from '../../shared/keys/key-answer.ts';
import { keyActions } from '../../shared/keys/manage-keys.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { SigningKeyUnavailableError } from '../../shared/secrets/signing-key-unavailable-error.ts';

const eventSchema = v.object({ action: v.picklist([...keyActions, 'examine']) });

const manage = openKeyManagement(process.env, createLog(process.env));
const examineAccount = openAccountExamination(process.env);

/**
 * For people: makes the pending key current, ends a rotation, shows the public halves, and examines what the account at
 * the exchange can do with the current key.
 */
export const handler = middy<unknown, KeyAnswer & { readonly account?: AccountExamination }>(
  undefined,
  lambdaEndsIt,
).handler(async (event, context: Context) => {
  const parsed = v.safeParse(eventSchema, event);
  if (!parsed.success) return keyAnswer('unknown-action');
  const { action } = parsed.output;
  return action === 'examine' ? examine(deadlineOf(context)) : manage(action, deadlineOf(context));
});

async function examine(deadline: number) {
  try {
    return { ...keyAnswer('examined'), account: await examineAccount(deadline) };
  } catch (error) {
    if (error instanceof SigningKeyUnavailableError) return keyAnswer('key-unusable', error.message);
    throw error;
  }
}
