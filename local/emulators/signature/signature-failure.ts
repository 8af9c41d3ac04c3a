import type { SignatureRefusal } from './verify-signature.ts';

/** How the JSON services of AWS answer a request whose signature is refused. */
export interface SignatureFailure {
  /** Name of the error. */
  readonly type: string;
  readonly message: string;
}

/** The error for a refusal. It tells no more than the real services do. */
export function signatureFailure(reason: SignatureRefusal): SignatureFailure {
  switch (reason) {
    case 'missing':
      return { type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
    case 'malformed':
      return { type: 'IncompleteSignatureException', message: 'The Authorization header is malformed.' };
    case 'unknown-key':
      return {
        type: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      };
    case 'clock-skew':
      return { type: 'InvalidSignatureException', message: 'Signature expired or not yet current.' };
    case 'wrong-scope':
    case 'unsigned-header':
    case 'payload-mismatch':
    case 'signature-mismatch':
      return {
        type: 'InvalidSignatureException',
        message: 'The request signature we calculated does not match the signature you provided.',
      };
  }
}
