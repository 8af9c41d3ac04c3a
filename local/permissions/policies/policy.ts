/** How the values of a key are compared with those of a policy. */
export interface Condition {
  /** As written, for messages: `ForAllValues:StringLike`. */
  readonly operator: string;
  readonly key: string;
  /** The values that the policy lists: one of them is enough. */
  readonly values: readonly string[];
}

/** Who a statement of a resource's policy is about. */
export type PrincipalPattern =
  | { readonly kind: 'everyone' }
  /** An account id, the ARN of an account's root, or the ARN of a role. */
  | { readonly kind: 'aws'; readonly name: string }
  | { readonly kind: 'service'; readonly name: string };

/** One statement of a policy, with all references resolved. */
export interface Statement {
  /** Logical id of the policy and what the statement calls itself, for messages. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined in the policy of a role, which is about that role. */
  readonly principals: readonly PrincipalPattern[] | undefined;
  readonly actions: readonly string[];
  /** The statement is about all actions but these: `NotAction`. */
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** All policies of a template. */
export interface PolicySet {
  /** What the roles may do, by the role's ARN. */
  readonly roles: ReadonlyMap<string, readonly Statement[]>;
  /** Policies of resources, by the resource's ARN. */
  readonly resources: ReadonlyMap<string, readonly Statement[]>;
}
