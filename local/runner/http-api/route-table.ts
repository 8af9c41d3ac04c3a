import type { RouteDescription } from '../resources/http-api.ts';

/** The route that serves a request, with what its path variables stand for. */
export interface RouteMatch {
  readonly route: RouteDescription;
  /** Decoded values by variable name. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the route for a method and a path. */
export type RouteTable = (method: string, path: string) => RouteMatch | undefined;

interface Pattern {
  readonly route: RouteDescription;
  readonly method: string;
  readonly segments: readonly string[];
}

/**
 * Builds the table. The most specific route wins: a fixed segment before a variable, a variable before a
 * greedy one (`{name+}`), the request's method before ANY, and `$default` last.
 */
export function createRouteTable(routes: readonly RouteDescription[]): RouteTable {
  const patterns = routes.filter(({ routeKey }) => routeKey !== '$default').map(asPattern);
  const ordered = patterns.toSorted(bySpecificity);
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return (method, path) => {
    const segments = segmentsOf(path);
    for (const { route, ...pattern } of ordered) {
      if (pattern.method !== 'ANY' && pattern.method !== method) continue;
      const pathParameters = matchSegments(pattern.segments, segments);
      if (pathParameters !== undefined) return { route, pathParameters };
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
  };
}

function asPattern(route: RouteDescription): Pattern {
  const [method = '', path = ''] = route.routeKey.split(' ');
  return { route, method, segments: segmentsOf(path) };
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function bySpecificity(a: Pattern, b: Pattern): number {
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function rank(segment: string | undefined): number {
  if (segment === undefined) return 3;
  if (isGreedy(segment)) return 2;
  return isVariable(segment) ? 1 : 0;
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (isGreedy(expected)) {
      parameters[expected.slice(1, -2)] = segments.slice(index).map(decoded).join('/');
      return parameters;
    }
    if (isVariable(expected)) {
      if (segment === '') return undefined;
      parameters[expected.slice(1, -1)] = decoded(segment);
    } else if (expected !== decoded(segment)) return undefined;
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function isGreedy(segment: string): boolean {
  return isVariable(segment) && segment.endsWith('+}');
}

/** Text that is not valid percent-encoding stands for itself. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
