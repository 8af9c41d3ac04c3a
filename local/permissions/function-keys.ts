import { randomBytes } from 'node:crypto';
import type { AwsCredentials } from '../emulators/aws-endpoint.ts';
import type { FunctionDescription } from '../runner/lambda/function-description.ts';

/** Keys as Lambda lends them to a function for its role. */
export type SessionCredentials = Required<AwsCredentials>;

/** The keys of each function. No two functions share any, so that they tell who asks. */
export class FunctionKeys {
  readonly #keys: ReadonlyMap<FunctionDescription, SessionCredentials>;
  readonly #functions: ReadonlyMap<string, FunctionDescription>;

  constructor(functions: readonly FunctionDescription[]) {
    this.#keys = new Map(functions.map((description) => [description, generateKeys()]));
    this.#functions = new Map(
      [...this.#keys].map(([description, { accessKeyId }]) => [accessKeyId, description]),
    );
  }

  /** @throws when the function is none of those that were given */
  of(description: FunctionDescription): SessionCredentials {
    const keys = this.#keys.get(description);
    if (keys === undefined) throw new Error(`${description.name} has no keys`);
    return keys;
  }

  /** The function that an access key was given to. */
  ownerOf(accessKeyId: string): FunctionDescription | undefined {
    return this.#functions.get(accessKeyId);
  }
}

function generateKeys(): SessionCredentials {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(60).toString('base64'),
  };
}
