/** An error that goes to the caller with the type the real service uses, so that the SDK builds its class. */
export class SecretsManagerFailure extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'SecretsManagerFailure';
    this.type = type;
  }
}

/** The secret or the version does not exist. */
export function notFound(what = 'the specified secret'): SecretsManagerFailure {
  return new SecretsManagerFailure('ResourceNotFoundException', `Secrets Manager can't find ${what}.`);
}

/** A parameter is wrong in itself. */
export function invalidParameter(message: string): SecretsManagerFailure {
  return new SecretsManagerFailure('InvalidParameterException', message);
}

/** The request does not fit the state of the secret. */
export function invalidRequest(message: string): SecretsManagerFailure {
  return new SecretsManagerFailure('InvalidRequestException', message);
}

/** The name or the request token is in use. */
export function alreadyExists(message: string): SecretsManagerFailure {
  return new SecretsManagerFailure('ResourceExistsException', message);
}
