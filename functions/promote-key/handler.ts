import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as v from 'valibot';
import { deadlineOf, lambdaEndsIt } from '../../shared/composition/deadline.ts';
import { openKeyManagement } from '../../shared/composition/key-management.ts';
import { type KeyAnswer, keyAnswer } from '../../shared/keys/key-answer.ts';
import { keyActions } from '../../shared/keys/manage-keys.ts';
import { createLog } from '../../shared/observability/json-log.ts';

const eventSchema = v.object({ action: v.picklist(keyActions) });

const manage = openKeyManagement(process.env, createLog(process.env));

/** For people, by `npm run keys`: makes the pending key current, ends a rotation, shows the public halves. */
export const handler = middy<unknown, KeyAnswer>(undefined, lambdaEndsIt).handler(
  async (event, context: Context) => {
    const parsed = v.safeParse(eventSchema, event);
    if (!parsed.success) return keyAnswer('unknown-action');
    return manage(parsed.output.action, deadlineOf(context));
  },
);
