import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import { readBody } from '../wire/http-server.ts';
import { type Administration, AdminRefusal } from './administration.ts';

interface AdminRoute {
  readonly method: string;
  readonly path: string;
  readonly about: string;
  readonly run: (input: unknown) => unknown;
}

interface Acceptor {
  accept(input: unknown): unknown;
}

function get(path: string, about: string, operation: Acceptor): AdminRoute {
  return { method: 'GET', path, about, run: () => operation.accept(undefined) };
}

function change(method: string, path: string, about: string, operation: Acceptor): AdminRoute {
  return { method, path, about, run: (input) => operation.accept(input) };
}

function routesOf(admin: Administration): readonly AdminRoute[] {
  return [
    get('/truth', 'everything below in one summary: orders, duplicates, calls, money, Units', admin.truth),
    get('/orders', 'every order ever accepted, as it is', admin.orders),
    get('/trades', 'every trade', admin.trades),
    get('/money', 'USD deposited, available, locked, spent, fees', admin.money),
    get('/units', 'Units bought, consumed, expired, held, in trading', admin.units),
    get('/lots', 'living Lots, soonest expiring first', admin.lots),
    change('GET', '/requests', 'the newest requests; ?newest=N', admin.requests),
    get('/bad-signatures', 'requests whose signature was refused, and why', admin.badSignatures),
    get('/modes', 'all modes', admin.modes),
    change('PATCH', '/modes', 'change some modes', admin.setModes),
    get('/faults', 'faults, with how often each struck', admin.faults),
    change('POST', '/faults', 'add a fault', admin.addFault),
    get('/keys', 'registered keys', admin.keys),
    change('POST', '/keys', 'register a public key', admin.addKey),
    change('POST', '/keys/revoke', 'revoke a key', admin.revokeKey),
    change('PUT', '/usd', 'set the available USD', admin.setUsd),
    change('POST', '/units/grant', 'give Units from outside', admin.grantUnits),
    change('POST', '/units/consume', 'use Units up at once', admin.consumeUnits),
    change('PUT', '/burn', 'set what the application burns per minute', admin.setBurn),
    get('/book', 'both sides of every book, with makers', admin.book),
    change('PUT', '/book', 'replace the background quotes; switches the sellers off', admin.setBook),
    change('PATCH', '/book', 'move the background quotes; those that stay keep their place', admin.moveBook),
    change('POST', '/sales', 'let others sell to the bids', admin.sellToBids),
    change('POST', '/asks', 'let asks arrive', admin.postAsks),
    change('POST', '/asks/schedule', 'plan asks at moments of market time', admin.scheduleAsks),
    get('/sellers', 'how the seeded sellers quote', admin.sellers),
    change('PATCH', '/sellers', 'change how they quote', admin.setSellers),
    change('PUT', '/market-status', 'suspend or resume a market', admin.setMarketStatus),
    change('POST', '/orders/fill', 'fill a resting order now', admin.fillOrder),
    change('POST', '/orders/dashboard', 'place an order that the API did not', admin.placeDashboardOrder),
    get('/clock', 'market time and how it runs', admin.clock),
    change('POST', '/clock', 'advance market time, or change how it runs', admin.setClock),
    change('POST', '/reset', 'go back to the first state', admin.reset),
    { method: 'DELETE', path: '/faults', about: 'remove all faults', run: () => admin.clearFaults() },
  ];
}

/** What an admin request came to. */
interface AdminAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Says of every issue where it is and what is wrong. */
function problemsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'input'}: ${issue.message}`);
}

function run(route: AdminRoute, input: unknown): AdminAnswer {
  try {
    return { status: 200, json: route.run(input) };
  } catch (error) {
    if (v.isValiError(error)) return { status: 400, json: { problems: problemsOf(error.issues) } };
    if (error instanceof AdminRefusal) return { status: 409, json: { problems: [error.message] } };
    throw error;
  }
}

function inputOf(url: URL, body: Uint8Array): { readonly input: unknown } | AdminAnswer {
  if (body.length > 0) {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), Buffer.from(body).toString('utf8'));
    if (!parsed.success) return { status: 400, json: { problems: ['the body is not JSON'] } };
    return { input: parsed.output };
  }
  if (url.search === '') return { input: undefined };
  const numbers = [...url.searchParams].map(([name, text]) => [name, Number(text)]);
  return { input: Object.fromEntries(numbers) };
}

function answer(routes: readonly AdminRoute[], request: IncomingMessage, body: Uint8Array): AdminAnswer {
  const url = new URL(request.url ?? '/', 'http://admin');
  if (url.pathname === '/' && request.method === 'GET') {
    return {
      status: 200,
      json: { routes: routes.map(({ method, path, about }) => ({ method, path, about })) },
    };
  }
  const here = routes.filter(({ path }) => path === url.pathname);
  const route = here.find(({ method }) => method === request.method);
  if (route === undefined) {
    const problem =
      here.length === 0
        ? 'no such route: GET / lists them'
        : `use ${here.map(({ method }) => method).join(' or ')}`;
    return { status: here.length === 0 ? 404 : 405, json: { problems: [problem] } };
  }
  const input = inputOf(url, body);
  return 'status' in input ? input : run(route, input.input);
}

async function handle(
  routes: readonly AdminRoute[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const { status, json } =
    body === undefined ? { status: 413, json: { problems: ['too large'] } } : answer(routes, request, body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(json)}\n`);
}

/** The admin API: never signed, JSON both ways, strict about its input. `GET /` lists its routes. */
export function createAdminServer(admin: Administration, log: (line: string) => void): Server {
  const routes = routesOf(admin);
  return createServer((request, response) => {
    handle(routes, request, response).catch((error: unknown) => {
      log(`admin request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      response.writeHead(500).end();
    });
  });
}
