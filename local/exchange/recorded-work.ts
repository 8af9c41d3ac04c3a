import { wholeUnits } from './decimal.ts';
import { carryOut } from './routes/carry-out.ts';
import type { Simulator } from './simulator.ts';
import type { Visit } from './visit.ts';
import type { Answer } from './wire/exchange-of-messages.ts';
import { peekString } from './wire/json-body.ts';
import type { Problem } from './wire/refusals.ts';
import { MARKETS, type Market } from './world.ts';

/** More than any order can ask for. */
const MOST_UNITS = 1_000_000;

/** Carries a request out, and writes it down first when it changes something. */
export function doWork(visit: Visit): Answer | Problem {
  recordWork(visit, null);
  return doRecordedWork(visit);
}

/** Carries a request out at a moment of market time; it is written down now. */
export function doWorkLater(visit: Visit, due: number): void {
  recordWork(visit, due);
  visit.simulator.exchange.plan(due, () => doRecordedWork(visit));
}

function doRecordedWork({ simulator, request, destination, entry, fingerprint }: Visit): Answer | Problem {
  const result = carryOut(simulator, destination, request, fingerprint);
  entry.realStatus = result.status;
  return result;
}

/** Reads change nothing, so nobody need know of them later. */
function recordWork({ simulator, request, destination }: Visit, due: number | null): void {
  if (request.method === 'GET') return;
  simulator.record({
    kind: 'request',
    endpoint: destination.endpoint,
    id: destination.id,
    query: request.query,
    contentType: request.headers['content-type'] ?? null,
    body: Buffer.from(request.body).toString('utf8'),
    due,
  });
}

// A fault that changes the exchange is written down as the admin operation that does the same.

/** Revokes the key that signed the request. */
export function revokeKey({ simulator, fingerprint }: Visit): void {
  simulator.record({ kind: 'admin', operation: 'revokeKey', input: { fingerprint } });
  simulator.keys.revoke(fingerprint);
}

/** Fills the order that the request names; without a number as far as it goes. */
export function fillOrder({ simulator, destination }: Visit, wanted = MOST_UNITS): void {
  const units = Math.min(wanted, MOST_UNITS);
  simulator.record({ kind: 'admin', operation: 'fillOrder', input: { orderId: destination.id, units } });
  simulator.exchange.engine.fillResting(destination.id, wholeUnits(units));
}

function suspendMarket(simulator: Simulator, market: Market): void {
  const input = { market: market.marketId, status: 'suspended' };
  simulator.record({ kind: 'admin', operation: 'setMarketStatus', input });
  simulator.exchange.engine.setSuspended(market, true);
}

/** Suspends the market that the request is about, or all when it names none. */
export function suspendMarkets({ simulator, request, destination }: Visit): void {
  const { engine } = simulator.exchange;
  const named = peekString(request.body, 'market_id') ?? engine.orders.find(destination.id)?.market.marketId;
  for (const market of MARKETS) {
    if (named === undefined || market.marketId === named) suspendMarket(simulator, market);
  }
}
