/** There is no usable signing key. */
export class SigningKeyMissingError extends Error {
  override readonly name = 'SigningKeyMissingError';
}
