import type { IncomingMessage } from 'node:http';
import { headerPairs } from '../loopback/header-pairs.ts';
import { splitTarget } from '../loopback/split-target.ts';
import type { WireRequest } from './canonical-request.ts';

/** The parts of a received request that a signature covers. */
export function asWireRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  return {
    method: request.method ?? 'GET',
    ...splitTarget(request.url ?? '/'),
    headers: headerPairs(request.rawHeaders),
    body,
  };
}
