import type { GetSecretValueCommandOutput, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The text of a secret, nothing at all, or what to throw. */
export type SecretAnswer = string | undefined | { readonly thrown: unknown };

/** An error of the service, which is told apart by its name. */
export function named(name: string, message = 'Some text.'): { readonly thrown: Error } {
  return { thrown: Object.assign(new Error(message), { name }) };
}

/** Secrets Manager that gives these answers one after the other, and keeps the commands. */
export function fakeSecrets(answers: readonly SecretAnswer[]): {
  readonly client: Pick<SecretsManagerClient, 'send'>;
  readonly commands: readonly unknown[];
} {
  const left = [...answers];
  const commands: unknown[] = [];
  const send = async (command: unknown): Promise<GetSecretValueCommandOutput> => {
    commands.push(command);
    if (left.length === 0) throw new Error('The secret was read more often than planned.');
    const next = left.shift();
    if (typeof next === 'object') throw next.thrown;
    // Each version is a day younger than the one before.
    const CreatedDate = new Date(Date.UTC(2026, 0, commands.length));
    return { $metadata: {}, CreatedDate, ...(next === undefined ? {} : { SecretString: next }) };
  };
  return { client: { send }, commands };
}
