import { ENDPOINTS, type Endpoint } from '../faults/fault-schema.ts';
import { accountHandlers } from './accounts.ts';
import { instrumentHandlers } from './instruments.ts';
import { marketHandlers } from './markets.ts';
import { orderHandlers } from './orders.ts';
import type { Handler, Handlers } from './route.ts';
import { serviceHandlers } from './service.ts';
import { transferHandlers } from './transfers.ts';

const HANDLERS: Handlers = {
  ...orderHandlers,
  ...marketHandlers,
  ...accountHandlers,
  ...instrumentHandlers,
  ...transferHandlers,
  ...serviceHandlers,
};

interface Route {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** Where a request leads. */
export interface Destination {
  readonly endpoint: Endpoint;
  readonly handler: Handler;
  /** The decoded variable part of the path; empty when there is none. */
  readonly id: string;
}

/** What serves an endpoint. */
export function handlerOf(endpoint: Endpoint): Handler {
  const handler = HANDLERS[endpoint];
  if (handler === undefined) throw new Error(`no handler for ${endpoint}`);
  return handler;
}

function toRoute(endpoint: Endpoint): Route {
  const [method = '', path = ''] = endpoint.split(' ');
  return { endpoint, method, segments: path.split('/').slice(1), handler: handlerOf(endpoint) };
}

/** `ENDPOINTS` names `/orders/count` before `/orders/{id}`, so the first match is the right one. */
const ROUTES = ENDPOINTS.map(toRoute);

function matchSegments(pattern: readonly string[], given: readonly string[]): string | undefined {
  if (pattern.length !== given.length) return undefined;
  let id = '';
  for (const [index, segment] of pattern.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) {
      if (value === '') return undefined;
      id = value;
    } else if (segment !== value) return undefined;
  }
  return id;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Finds the route of a request below one of the path families' prefixes. Undefined means 404. */
export function findDestination(
  method: string,
  path: string,
  prefixes: readonly string[],
): Destination | undefined {
  for (const prefix of prefixes) {
    if (!path.startsWith(`${prefix}/`)) continue;
    const given = path.slice(prefix.length + 1).split('/');
    for (const route of ROUTES) {
      const matched = route.method === method ? matchSegments(route.segments, given) : undefined;
      const id = matched === undefined ? undefined : decode(matched);
      if (id !== undefined) return { endpoint: route.endpoint, handler: route.handler, id };
    }
  }
  return undefined;
}
