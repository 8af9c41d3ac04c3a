/** What a failed invocation reports, in the shape Lambda gives it to the caller. */
export interface InvocationError {
  /** For example `Error`, `Sandbox.Timedout`, `Runtime.ExitError`, `TooManyRequestsException`. */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[] | undefined;
}

interface InvocationFacts {
  readonly requestId: string;
  /** From handing over the event to the answer, milliseconds. Zero when the event was never handed over. */
  readonly durationMs: number;
  /** Start of the sandbox, milliseconds. Undefined on a warm start. */
  readonly initDurationMs: number | undefined;
}

/** The outcome of one invocation. A function that fails is an outcome, not an exception of the runner. */
export type InvocationResult = InvocationFacts &
  (
    | { readonly ok: true; readonly payload: unknown }
    | { readonly ok: false; readonly error: InvocationError }
  );

/** The outcome without the facts about its run. */
export type InvocationOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: InvocationError };

/** An outcome for a failure that the platform, not the function, reports. */
export function platformFailure(errorType: string, errorMessage: string): InvocationOutcome {
  return { ok: false, error: { errorType, errorMessage } };
}
