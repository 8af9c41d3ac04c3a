import type { FunctionDescription } from '../lambda/function-description.ts';

/** Who wants something: a role of the template, or a service of AWS in its own name. */
export type Principal =
  | { readonly kind: 'role'; readonly arn: string }
  /** For example `apigateway.amazonaws.com`. */
  | { readonly kind: 'service'; readonly name: string };

/** What is known of a request, by condition key. A key that is absent has no entry. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One action on one resource that somebody wants. */
export interface AccessRequest {
  readonly principal: Principal;
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** Beside what is known of every request of this principal. */
  readonly context: RequestContext;
  /** The function that asks, or that is asked for. Undefined: a person asks. */
  readonly function: FunctionDescription | undefined;
}

/** A request that was refused, and why, in words. */
export interface AccessDenial {
  readonly function: FunctionDescription | undefined;
  /** Who was refused: the name of the role, or of the service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly why: string;
}
