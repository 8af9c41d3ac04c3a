import { type InvocationOutcome, platformFailure } from './invocation-result.ts';

/** Reads a handler's answer, which the runtime has written as JSON. */
export function parsePayload(body: string): InvocationOutcome {
  try {
    const payload: unknown = JSON.parse(body);
    return { ok: true, payload };
  } catch {
    return platformFailure('Runtime.MalformedResponse', 'The response is not JSON.');
  }
}
