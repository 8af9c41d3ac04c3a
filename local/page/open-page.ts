import type { LoopbackServer } from '../emulators/loopback/listen.ts';
import type { CallerCredentials } from '../runner/http-api/caller.ts';
import { createApiClient } from '../service/api-client.ts';
import type { LocalService } from '../service/start-local-service.ts';
import { createActions } from './actions.ts';
import type { Happenings } from './happenings.ts';
import { startPage } from './page-server.ts';
import { resume } from './resume.ts';
import { type ServiceWatch, watchService } from './watch-service.ts';

/** How to show a service. */
export interface OpenPageOptions {
  readonly service: LocalService;
  /** Whom the page calls the API as: somebody who may see everything. */
  readonly caller: CallerCredentials;
  readonly happenings: Happenings;
  /** @default a free one */
  readonly port?: number | undefined;
}

/** A page that is up. */
export interface OpenPage extends LoopbackServer {
  readonly watch: Pick<ServiceWatch, 'markStale'>;
}

const symbol = 'chat-prime';
/** ms */
const lookEvery = 1_000;

/** Shows a running service in the browser, with buttons that use it and break it. */
export async function openPage({ service, caller, happenings, port }: OpenPageOptions): Promise<OpenPage> {
  const { stack, exchange, administrator } = service;
  if (administrator === undefined) throw new Error('A service without roles cannot be resumed by the page.');
  const api = createApiClient(stack.apiUrl, stack.region, caller);
  const watch = watchService({
    api,
    apiUrl: stack.apiUrl,
    admin: exchange.admin,
    symbol,
    happenings,
    now: Date.now,
  });
  const act = createActions({
    api,
    admin: exchange.admin,
    symbol,
    resume: (reason) => resume(administrator, stack.output('TableName'), reason),
  });
  return { ...(await startPage({ watch, act, repeat, port })), watch };
}

function repeat(work: () => void): () => void {
  const timer = setInterval(work, lookEvery);
  return () => clearInterval(timer);
}
