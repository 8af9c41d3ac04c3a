import { AnyPrincipal, type Conditions, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A statement for a resource's own policy that refuses these actions on it to everybody whom the conditions meet. */
export function denyEverybody(sid: string, actions: string[], conditions: Conditions = {}): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions,
    // In a resource's own policy `*` is that resource; its name may not be known before it is made.
    resources: ['*'],
    conditions,
  });
}
