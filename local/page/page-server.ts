import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { apiDocument } from '../api-document/document.ts';
import { type LoopbackServer, listenOnLoopback } from '../emulators/loopback/listen.ts';
import { readBody } from '../emulators/loopback/read-body.ts';
import { type Action, type ActionResult, actionSchema } from './actions.ts';
import { type Asset, loadAssets } from './assets.ts';
import type { ServiceWatch } from './watch-service.ts';

/** What the page needs. */
export interface PageOptions {
  readonly watch: ServiceWatch;
  readonly act: (action: Action) => Promise<ActionResult>;
  /** Calls back again and again until it is told to stop. */
  readonly repeat: (work: () => void) => () => void;
  /** @default a free one */
  readonly port?: number | undefined;
}

const largestAction = 4_096;
const safetyHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * Serves the page on loopback: a stream of snapshots, and one path for what its buttons do. The buttons spend the
 * simulator's money only; still, no other page that the browser has open may press them.
 */
export async function startPage(options: PageOptions): Promise<LoopbackServer> {
  const assets = await loadAssets();
  const followers = new Set<ServerResponse>();
  const stop = options.repeat(() => void sendSnapshot(options.watch, followers));
  const server = await listenOnLoopback((request, response) => {
    if (!isOwnHost(request)) return answer(response, 403, 'application/json', '{}');
    return serve(request, response, { ...options, assets, followers });
  }, options.port);
  return {
    ...server,
    close: () => {
      stop();
      return server.close();
    },
  };
}

interface Served extends PageOptions {
  readonly assets: ReadonlyMap<string, Asset>;
  readonly followers: Set<ServerResponse>;
}

async function serve(request: IncomingMessage, response: ServerResponse, page: Served): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://page').pathname;
  const asset = page.assets.get(path);
  if (path === '/actions') return perform(request, response, page);
  if (request.method !== 'GET') return answer(response, 405, 'application/json', '{}');
  if (asset !== undefined) return answer(response, 200, asset.type, asset.body);
  if (path === '/openapi.json') {
    return answer(response, 200, 'application/json', JSON.stringify(apiDocument()));
  }
  if (path === '/snapshots') return follow(request, response, page);
  return answer(response, 404, 'application/json', '{}');
}

/** A stream of server-sent events, each of them a snapshot. */
async function follow(request: IncomingMessage, response: ServerResponse, page: Served): Promise<void> {
  response.writeHead(200, { ...safetyHeaders, 'content-type': 'text/event-stream' });
  page.followers.add(response);
  request.once('close', () => page.followers.delete(response));
  await sendSnapshot(page.watch, new Set([response]));
}

async function sendSnapshot(watch: ServiceWatch, followers: ReadonlySet<ServerResponse>): Promise<void> {
  if (followers.size === 0) {
    // The plots go on while nobody looks.
    await watch.look();
    return;
  }
  const event = `data: ${JSON.stringify(await watch.look())}\n\n`;
  for (const follower of followers) follower.write(event);
}

async function perform(request: IncomingMessage, response: ServerResponse, page: Served): Promise<void> {
  // A form of another page can send no JSON, and its script no JSON across origins.
  const isJson = request.headers['content-type'] === 'application/json';
  if (request.method !== 'POST' || !isJson || !isOwnOrigin(request)) {
    return answer(response, 403, 'application/json', '{}');
  }
  const body = await readBody(request, largestAction);
  const action = v.safeParse(v.pipe(v.string(), v.parseJson(), actionSchema), body?.toString('utf8') ?? '');
  const result = action.success
    ? await page.act(action.output)
    : { ok: false, says: action.issues.map(({ message }) => message).join(' ') };
  page.watch.markStale();
  return answer(response, 200, 'application/json', JSON.stringify(result));
}

/** A name that was made to lead here from elsewhere is not ours. */
function isOwnHost({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '');
}

function isOwnOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin === `http://${headers.host}`;
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...safetyHeaders, 'content-type': type }).end(body);
}
