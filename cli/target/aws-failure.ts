import { Failure } from '../failure.ts';

const credentialErrors: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
]);
const deniedErrors: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
]);
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A failure of AWS in words: what could not be done, why, and what helps. Other errors are given back as they are. */
export function awsFailure(error: unknown, what: string): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : error.name;
  if (credentialErrors.has(error.name)) {
    return new Failure('credentials', `${what}: there are no AWS credentials that work.`, {
      // The messages of the credential chain name places and profiles, and nothing secret.
      why: inWords(error),
      todo: 'Set AWS_PROFILE or --profile, sign in (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    });
  }
  if (deniedErrors.has(error.name)) {
    return new Failure('credentials', `${what}: your credentials may not do that.`, {
      code: 'access-denied',
      why: error.name,
      todo: 'Use a role that has the right, with --profile or AWS_PROFILE. Changing what may be bought takes the role of the output AdministratorRoleArn.',
    });
  }
  if (networkCodes.has(code) || error.name === 'TimeoutError') {
    return new Failure('unavailable', `${what}: AWS cannot be reached.`, {
      why: code,
      todo: 'Check the network and the region (--region), and run it again.',
    });
  }
  // Every other error that AWS answered with.
  if (!('$metadata' in error)) return error;
  return new Failure('unavailable', `${what}.`, {
    why: inWords(error),
    todo: 'Run it again in a moment; see the status of AWS in that region.',
  });
}

/** Its name, and the first line of what it says beyond that. */
function inWords({ name, message }: Error): string {
  const [line = ''] = message.split('\n');
  return line === '' || line === name ? name : `${name}: ${line.slice(0, 300)}`;
}
