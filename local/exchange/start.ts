import type { Server } from 'node:http';
import { createAdminServer } from './admin/admin-server.ts';
import { type Administration, createAdministration } from './admin/administration.ts';
import type { ClockSetting } from './clock.ts';
import { serve } from './front-desk.ts';
import type { ModesChange } from './modes.ts';
import { holdInDirectory } from './persistence/hold-in-directory.ts';
import { holdInMemory, type SimulatorHolder } from './simulator-holder.ts';
import { completeFacts, simulatorStart } from './start-facts.ts';
import { WaitingRoom } from './waiting-room.ts';
import { verifyWithNode, verifyWithTweetNacl } from './wire/ed25519.ts';
import { createExchangeServer, type LoopbackServer, listen } from './wire/http-server.ts';

/** How to start an exchange. Everything has a default. */
export interface ExchangeOptions {
  /** @default any free port */
  readonly port?: number;
  /** @default any free port */
  readonly adminPort?: number;
  /** Trading keys that are registered from the start: base64 of the raw 32 bytes. @default none */
  readonly publicKeys?: readonly string[];
  /** The path family. @default "/api/v1/trading" */
  readonly prefix?: string;
  /** Further path families that are served as well. @default none: all else is 404 */
  readonly extraPrefixes?: readonly string[];
  /** The same seed and the same calls give the same ids and prices. @default 1 */
  readonly seed?: number;
  /** USD in the account at the start. @default "1000" */
  readonly usd?: string;
  /** How market time runs. @default real time */
  readonly clock?: ClockSetting;
  /** Modes that differ from the default world. */
  readonly modes?: ModesChange;
  /** Whether the seeded background sellers quote. @default true */
  readonly sellers?: boolean;
  /** The real time, milliseconds since 1970. @default Date.now */
  readonly wallClock?: () => number;
  /**
   * What verifies signatures. `node` is some fifty times faster, for tests that send thousands of requests
   * through a client that does not sign with Node's cryptography itself. @default "tweetnacl"
   */
  readonly signatureLibrary?: 'tweetnacl' | 'node';
  /**
   * Keeps the exchange in a folder: a start on the same folder goes on where the last one ended, and time has
   * passed meanwhile. Faults, rate limits and the log of requests are not kept. @default in memory
   */
  readonly dataDirectory?: string | undefined;
  /** Where to write what went wrong inside the simulator. @default nowhere */
  readonly log?: (line: string) => void;
}

/** An exchange that is up. */
export interface RunningExchange {
  /** Base of the trading API, without the prefix. */
  readonly url: string;
  readonly adminUrl: string;
  /** The admin operations without HTTP. */
  readonly admin: Administration;
  close(): Promise<void>;
}

const DEFAULT_PREFIX = '/api/v1/trading';

/** Starts an exchange on the loopback interface. Cheap: two listening sockets and an almost empty world. */
export async function startExchange(options: ExchangeOptions = {}): Promise<RunningExchange> {
  const { prefix = DEFAULT_PREFIX, extraPrefixes = [], log = () => undefined } = options;
  const holder = holdSimulator(options, log);
  const waitingRoom = new WaitingRoom();
  const admin = createAdministration({
    current: () => holder.current(),
    reset: (seed) => {
      waitingRoom.clear();
      holder.reset(seed);
    },
    timeChanged: () => waitingRoom.release(holder.current()),
  });
  const service = {
    serve: (request: Parameters<typeof serve>[2]) =>
      serve(holder.current(), [prefix, ...extraPrefixes], request),
    whenMarketTime: (at: number, send: () => void) => waitingRoom.hold(at, holder.current(), send),
    exchangeTime: () => holder.current().exchangeTime(),
  };
  try {
    const servers = await listenBoth(
      [createExchangeServer(service, log), options.port ?? 0],
      [createAdminServer(admin, log), options.adminPort ?? 0],
    );
    return {
      url: servers.first.url,
      adminUrl: servers.second.url,
      admin,
      close: async () => {
        waitingRoom.clear();
        await Promise.all([servers.first.close(), servers.second.close()]);
        holder.close();
      },
    };
  } catch (error) {
    holder.close();
    throw error;
  }
}

type ServerOnPort = readonly [server: Server, port: number];

async function listenBoth(
  [firstServer, firstPort]: ServerOnPort,
  [secondServer, secondPort]: ServerOnPort,
): Promise<{ readonly first: LoopbackServer; readonly second: LoopbackServer }> {
  const first = await listen(firstServer, firstPort);
  try {
    return { first, second: await listen(secondServer, secondPort) };
  } catch (error) {
    await first.close();
    throw error;
  }
}

function holdSimulator(options: ExchangeOptions, log: (line: string) => void): SimulatorHolder {
  const means = {
    wallClock: options.wallClock ?? Date.now,
    verify: options.signatureLibrary === 'node' ? verifyWithNode : verifyWithTweetNacl,
  };
  if (options.dataDirectory === undefined) {
    return holdInMemory(simulatorStart(completeFacts(options), means));
  }
  return holdInDirectory(options.dataDirectory, options, means, log);
}
