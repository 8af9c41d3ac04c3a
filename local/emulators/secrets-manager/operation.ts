import type { Secrets } from './secret.ts';

/** What an operation needs from outside. */
export interface OperationContext {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The answer of an operation, and the secrets as they are afterwards (left out when nothing changed). */
export interface OperationResult {
  readonly output: Readonly<Record<string, unknown>>;
  readonly secrets?: Secrets;
}

/** One operation of the service: parses its own input. */
export type Operation = (secrets: Secrets, input: unknown, context: OperationContext) => OperationResult;

/** The wire format has times in seconds, with a fraction. */
export function wireTime(milliseconds: number): number {
  return milliseconds / 1000;
}
