import type { AccessDenial } from './access/access-request.ts';
import type { ServedRequest } from './http-api/http-api.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import type { InvocationResult } from './lambda/invocation-result.ts';

/** Something that happened in a running stack. */
export type StackEvent =
  | {
      readonly type: 'invocation-started';
      readonly function: FunctionDescription;
      readonly requestId: string;
    }
  | {
      readonly type: 'invocation-finished';
      readonly function: FunctionDescription;
      readonly result: InvocationResult;
    }
  | {
      readonly type: 'schedule-fired';
      readonly scheduleLogicalId: string;
      /** Milliseconds since the epoch. */
      readonly scheduledTime: number;
    }
  | ({ readonly type: 'access-denied' } & AccessDenial)
  | ({ readonly type: 'api-request' } & ServedRequest);
