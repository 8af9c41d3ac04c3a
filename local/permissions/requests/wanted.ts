import type { RequestContext } from '../../runner/access/access-request.ts';

/** One thing that a request to a service wants to do. */
export interface Wanted {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** All that a request wants, each of which must be allowed. Undefined: it is not understood, and so not allowed. */
export type WantedOf<Service> = (
  operation: string,
  input: unknown,
  service: Service,
) => readonly Wanted[] | undefined;
