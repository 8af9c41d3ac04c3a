import type { WireRequest } from '../signature/canonical-request.ts';
import { signatureFailure } from '../signature/signature-failure.ts';
import type { SignatureExpectation } from '../signature/verify-signature.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import { SecretsManagerFailure } from './failure.ts';

/**
 * Lets a correctly signed request pass.
 * @throws the failure that the service answers with
 */
export function authenticate(request: WireRequest, expectation: SignatureExpectation): void {
  const check = verifySignature(request, expectation);
  if (check.ok) return;
  const { type, message } = signatureFailure(check.reason);
  throw new SecretsManagerFailure(type, message);
}
