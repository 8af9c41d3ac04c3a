import type { WireRequest } from '../signature/canonical-request.ts';
import type { SignatureExpectation, SignatureRefusal } from '../signature/verify-signature.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import { SecretsManagerFailure } from './failure.ts';

/**
 * Lets a correctly signed request pass.
 * @throws the failure that the service answers with
 */
export function authenticate(request: WireRequest, expectation: SignatureExpectation): void {
  const check = verifySignature(request, expectation);
  if (!check.ok) throw asFailure(check.reason);
}

function asFailure(reason: SignatureRefusal): SecretsManagerFailure {
  switch (reason) {
    case 'missing':
      return new SecretsManagerFailure('MissingAuthenticationTokenException', 'Missing Authentication Token');
    case 'malformed':
      return new SecretsManagerFailure(
        'IncompleteSignatureException',
        'The Authorization header is malformed.',
      );
    case 'unknown-key':
      return new SecretsManagerFailure(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    case 'clock-skew':
      return new SecretsManagerFailure('InvalidSignatureException', 'Signature expired or not yet current.');
    case 'wrong-scope':
    case 'unsigned-header':
    case 'payload-mismatch':
    case 'signature-mismatch':
      return new SecretsManagerFailure(
        'InvalidSignatureException',
        'The request signature we calculated does not match the signature you provided.',
      );
  }
}
