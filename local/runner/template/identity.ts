import { createHash } from 'node:crypto';

/** Where a stack stands, as the pseudo parameters tell it. */
export interface StackIdentity {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
}

/** ARN of something in the stack's account and region. */
export function arnOf(identity: StackIdentity, service: string, resource: string): string {
  // IAM is global: its ARNs have no region.
  const region = service === 'iam' ? '' : identity.region;
  return `arn:aws:${service}:${region}:${identity.accountId}:${resource}`;
}

/**
 * The name that CloudFormation would generate: stack, logical id and an ending.
 * The ending is a hash here, not random, so that a restart finds what the last run created.
 */
export function generatedName(identity: StackIdentity, logicalId: string): string {
  return `${identity.stackName}-${logicalId}-${nameEnding(identity, logicalId).toUpperCase()}`;
}

/** Twelve characters that stay the same for the same stack and logical id. */
export function nameEnding({ stackName }: StackIdentity, logicalId: string): string {
  return createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12);
}
