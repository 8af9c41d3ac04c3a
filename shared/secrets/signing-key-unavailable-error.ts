/** There is no usable signing key. Says what to do, and nothing of the secret. */
export class SigningKeyUnavailableError extends Error {
  /** `secret-not-readable`, `secret-empty`, `secret-not-understood`, or the code of a `SigningKeyError`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SigningKeyUnavailableError';
    this.code = code;
  }
}
