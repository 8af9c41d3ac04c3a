import type {
  AccessDenial,
  AccessRequest,
  Principal,
  RequestContext,
} from '../runner/access/access-request.ts';
import { decide } from './policies/decide.ts';
import type { PolicySet } from './policies/policy.ts';

/** Decides by the policies that are in force now, and tells of what it refuses. */
export class Permissions {
  #policies: PolicySet;
  readonly #region: string;
  readonly #onDenied: (denial: AccessDenial) => void;
  /** Gets each request with what is known of it, also those that are allowed. */
  onAsked: ((request: AccessRequest) => void) | undefined;

  constructor(policies: PolicySet, region: string, onDenied: (denial: AccessDenial) => void) {
    this.#policies = policies;
    this.#region = region;
    this.#onDenied = onDenied;
  }

  get policies(): PolicySet {
    return this.#policies;
  }

  /** Puts other policies in force, from the next request on. */
  replace(policies: PolicySet): void {
    this.#policies = policies;
  }

  allows(request: AccessRequest): boolean {
    const context = { ...this.#knownOf(request.principal), ...request.context };
    const asked = { ...request, context };
    this.onAsked?.(asked);
    const decision = decide(this.#policies, asked);
    if (!decision.allowed) this.deny(request, decision.why);
    return decision.allowed;
  }

  /** Tells of a refusal. */
  deny(request: Omit<AccessRequest, 'context'>, why: string): void {
    const { principal, action, resource, function: description } = request;
    this.#onDenied({ function: description, principal: nameOf(principal), action, resource, why });
  }

  /** What IAM knows of every request, whatever it is for. In AWS every connection is encrypted. */
  #knownOf(principal: Principal): RequestContext {
    const always = { 'aws:SecureTransport': ['true'], 'aws:RequestedRegion': [this.#region] };
    return principal.kind === 'service'
      ? { ...always, 'aws:PrincipalIsAWSService': ['true'] }
      : {
          ...always,
          'aws:PrincipalArn': [principal.arn],
          'aws:PrincipalAccount': [principal.arn.split(':')[4] ?? ''],
          'aws:PrincipalIsAWSService': ['false'],
          'aws:ViaAWSService': ['false'],
        };
  }
}

function nameOf(principal: Principal): string {
  return principal.kind === 'service' ? principal.name : principal.arn.replace(/^.*:role\//, '');
}
