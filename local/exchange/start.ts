import * as v from 'valibot';
import { createAdminServer } from './admin/admin-server.ts';
import { type Administration, createAdministration } from './admin/administration.ts';
import type { ClockSetting } from './clock.ts';
import { amount } from './decimal.ts';
import { serve } from './front-desk.ts';
import { type ModesChange, modesChangeSchema } from './modes.ts';
import { createSimulator, type SimulatorStart } from './simulator.ts';
import { WaitingRoom } from './waiting-room.ts';
import { verifyWithNode, verifyWithTweetNacl } from './wire/ed25519.ts';
import { createExchangeServer, listen } from './wire/http-server.ts';
import { decodePublicKey } from './wire/keys.ts';

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
  const start = simulatorStart(options);
  let simulator = createSimulator(start);
  const waitingRoom = new WaitingRoom();
  const admin = createAdministration({
    current: () => simulator,
    reset: (seed) => {
      waitingRoom.clear();
      simulator = createSimulator({ ...start, seed: seed ?? start.seed });
    },
    timeChanged: () => waitingRoom.release(simulator),
  });
  const service = {
    serve: (request: Parameters<typeof serve>[2]) => serve(simulator, [prefix, ...extraPrefixes], request),
    whenMarketTime: (at: number, send: () => void) => waitingRoom.hold(at, simulator, send),
    exchangeTime: () => simulator.exchangeTime(),
  };
  const trading = await listen(createExchangeServer(service, log), options.port ?? 0);
  const administration = await listen(createAdminServer(admin, log), options.adminPort ?? 0).catch(
    async (error: unknown) => {
      await trading.close();
      throw error;
    },
  );
  return {
    url: trading.url,
    adminUrl: administration.url,
    admin,
    close: async () => {
      waitingRoom.clear();
      await Promise.all([trading.close(), administration.close()]);
    },
  };
}

function simulatorStart(options: ExchangeOptions): SimulatorStart {
  return {
    seed: options.seed ?? 1,
    startUsd: amount(options.usd ?? '1000'),
    clock: options.clock ?? { mode: 'real' },
    modes: v.parse(modesChangeSchema, options.modes ?? {}),
    publicKeys: (options.publicKeys ?? []).map(publicKeyBytes),
    sellersEnabled: options.sellers ?? true,
    wallClock: options.wallClock ?? Date.now,
    verify: options.signatureLibrary === 'node' ? verifyWithNode : verifyWithTweetNacl,
  };
}

function publicKeyBytes(text: string): Uint8Array {
  const bytes = decodePublicKey(text);
  if (bytes === undefined) throw new Error('a public key must be base64 of 32 bytes');
  return bytes;
}
