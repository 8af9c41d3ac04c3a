import * as v from 'valibot';
import type { InvocationOutcome } from './invocation-result.ts';

const schema = v.object({
  errorType: v.string(),
  errorMessage: v.string(),
  trace: v.optional(v.array(v.string())),
});

/** Reads the error that the runtime posted. Something else than the runtime may have written it. */
export function parseError(body: string): InvocationOutcome {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), body);
  return {
    ok: false,
    error: parsed.success
      ? parsed.output
      : { errorType: 'Runtime.Unknown', errorMessage: 'The runtime posted an error that is not readable.' },
  };
}
