import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ask, isInteractive } from './ask.ts';

/** There are no credentials that work. The message says why; it names places and profiles, and nothing secret. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';
}

/**
 * The credentials of the person at the terminal, found as the AWS SDK finds them. A profile whose role takes a second
 * factor (`mfa_serial`) has its code asked for: the SDK cannot do that by itself.
 *
 * @throws NoCredentialsError
 */
export async function personalCredentials(): Promise<ReturnType<typeof defaultProvider>> {
  const credentials = defaultProvider({ mfaCodeProvider: askForCode });
  try {
    await credentials();
  } catch (error) {
    throw new NoCredentialsError(error instanceof Error ? error.message : 'There are no AWS credentials.');
  }
  return credentials;
}

async function askForCode(device: string): Promise<string> {
  if (!isInteractive()) {
    throw new Error(`The profile takes a code of the second factor ${device}: run this in a terminal.`);
  }
  return ask(`Code of your second factor ${device}: `);
}
