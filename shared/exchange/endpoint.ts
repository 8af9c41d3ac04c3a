import { exchangeHosts } from '../configuration/exchange-hosts.ts';

/** Where the exchange is. */
export interface ExchangeEndpoint {
  readonly url: URL;
  /** Comes before every resource and is part of what is signed, for example `/api/v1/trading`. */
  readonly pathPrefix: string;
}

/** A simulator on the same machine. */
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Checks the address of the exchange: a host we know, https unless it is this machine, an origin without path,
 * and a prefix such as `/api/v1/trading`.
 *
 * @returns the endpoint, or the list of everything that is wrong
 */
export function parseEndpoint(origin: string, pathPrefix: string): ExchangeEndpoint | readonly string[] {
  const url = URL.parse(origin);
  const problems = [...originProblems(origin, url), ...prefixProblems(pathPrefix)];
  return url === null || problems.length > 0 ? problems : { url, pathPrefix };
}

function originProblems(origin: string, url: URL | null): string[] {
  if (url === null) return [`the exchange's URL is not a URL: ${JSON.stringify(origin)}`];
  const problems: string[] = [];
  const isLoopback = loopbackHosts.has(url.hostname);
  if (!isLoopback && !exchangeHosts.has(url.hostname)) {
    problems.push(
      `${JSON.stringify(url.hostname)} is not a host of the exchange (${[...exchangeHosts].join(', ')})`,
    );
  }
  if (url.protocol !== 'https:' && !(isLoopback && url.protocol === 'http:')) {
    problems.push('the exchange is called over https only');
  }
  const hasCredentials = url.username !== '' || url.password !== '';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || hasCredentials) {
    problems.push("the exchange's URL must be an origin; put a path into the path prefix");
  }
  return problems;
}

function prefixProblems(pathPrefix: string): string[] {
  return /^(\/[A-Za-z0-9._-]+)*$/.test(pathPrefix)
    ? []
    : [`the path prefix must look like "/api/v1/trading", not ${JSON.stringify(pathPrefix)}`];
}
