/** Who calls, for the scope of idempotency keys and for the record. */
export interface Caller {
  readonly accountId: string;
  /** ARN of the role or user, without the session: a retry from another host is the same caller. */
  readonly principal: string;
}

const assumedRole = /^arn:([a-z-]+):sts::(\d+):assumed-role\/(.+)\/[^/]+$/;

/** The caller behind the identity that API Gateway has verified. */
export function callerOf(identity: { readonly accountId: string; readonly userArn: string }): Caller {
  const match = assumedRole.exec(identity.userArn);
  const [, partition, accountId, role] = match ?? [];
  const principal = match === null ? identity.userArn : `arn:${partition}:iam::${accountId}:role/${role}`;
  return { accountId: identity.accountId, principal };
}
