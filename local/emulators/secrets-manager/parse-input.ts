import * as v from 'valibot';
import { invalidParameter } from './failure.ts';

/**
 * Parses an operation's input. Parameters that the emulator does not know are ignored.
 * @throws InvalidParameterException, which names the parameter and never its value
 */
export function parseInput<T>(schema: v.GenericSchema<unknown, T>, input: unknown): T {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const parameter = v.getDotPath(result.issues[0]) ?? 'the request';
  throw invalidParameter(`Invalid value for ${parameter}.`);
}

/** Name, ARN or partial ARN of a secret. */
export const secretId = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));

/** A secret's value as text or as base64, and the token that makes writing it repeatable. */
export const valueEntries = {
  SecretString: v.optional(v.pipe(v.string(), v.maxLength(65_536))),
  SecretBinary: v.optional(v.pipe(v.string(), v.base64(), v.maxLength(87_384))),
  ClientRequestToken: v.optional(v.pipe(v.string(), v.minLength(32), v.maxLength(64))),
};
