/** What is known of requests here. Another key would always be absent, and its condition mean something else. */
const playedKeys = new Set(
  [
    // Never there: no role here is taken by a person.
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'aws:PrincipalIsAWSService',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:ViaAWSService',
    'dynamodb:EnclosingOperation',
    'dynamodb:LeadingKeys',
    'kms:EncryptionContext:SecretARN',
    'kms:ViaService',
    'lambda:SourceFunctionArn',
    'secretsmanager:SecretId',
    'secretsmanager:VersionId',
    'secretsmanager:VersionStage',
  ].map((key) => key.toLowerCase()),
);

/** Whether a condition key has its values here. Names of keys are compared without regard to case. */
export function isPlayedKey(key: string): boolean {
  return playedKeys.has(key.toLowerCase());
}

/** Whether a request may have several values of a key. */
export function takesSeveralValues(key: string): boolean {
  return key.toLowerCase() === 'dynamodb:leadingkeys';
}
