import { randomBytes } from 'node:crypto';
import type { AwsCredentials } from '../emulators/aws-endpoint.ts';
import type { FunctionDescription } from '../runner/lambda/function-description.ts';

/** Keys as AWS lends them to who takes a role. */
export type SessionCredentials = Required<AwsCredentials>;

/** Who has taken a role. */
export interface RoleSession {
  readonly roleArn: string;
  /** The function that Lambda has taken it for. Undefined: a person has taken it. */
  readonly function: FunctionDescription | undefined;
  readonly credentials: SessionCredentials;
}

/** The keys that were lent. No two functions share any, so that they tell who asks. */
export class RoleKeys {
  readonly #sessions = new Map<string, RoleSession>();

  /** Lends keys for a role, to a function or to a person. */
  lend(roleArn: string, description?: FunctionDescription): SessionCredentials {
    const credentials = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(60).toString('base64'),
    };
    this.#sessions.set(credentials.accessKeyId, { roleArn, function: description, credentials });
    return credentials;
  }

  /** Whom an access key was lent to. */
  sessionOf(accessKeyId: string): RoleSession | undefined {
    return this.#sessions.get(accessKeyId);
  }
}
