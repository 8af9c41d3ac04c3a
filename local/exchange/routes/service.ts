import type { Answer } from '../wire/exchange-of-messages.ts';
import { NOT_FOUND, type Problem, problem } from '../wire/refusals.ts';
import { findMarket } from '../world.ts';
import { type Call, data, type Handlers, isoTime } from './route.ts';

const SERVICE = 'exchange-simulator';

function showMe({ simulator }: Call): Answer {
  const advanced = simulator.modes.accountMode === 'advanced';
  return data({
    user_id: simulator.userId,
    email: 'trader@example.com',
    account_mode: advanced ? 'advanced' : 'easy',
    capabilities: advanced ? ['trade:read', 'trade:write'] : ['trade:read'],
  });
}

function showLimits({ simulator, query }: Call): Answer | Problem {
  const marketId = query.get('market_id');
  if (marketId === null) return problem(400, 'INVALID_REQUEST', 'market_id is required');
  if (findMarket(marketId) === undefined) return NOT_FOUND;
  const { ordersPerSecond, ordersPerMinute } = simulator.modes.rateLimits;
  return data({
    market_id: marketId,
    order_rate_limits: {
      scope: 'user_market',
      max_orders_per_second: ordersPerSecond,
      max_orders_per_minute: ordersPerMinute,
      burst_capacity: ordersPerSecond,
      window_seconds: 60,
    },
    response_headers: {
      limit: 'x-ratelimit-limit',
      remaining: 'x-ratelimit-remaining',
      retry_after: 'retry-after',
    },
  });
}

function showDiagnostics({ simulator, fingerprint }: Call): Answer {
  return data({
    service: SERVICE,
    server_time: isoTime(simulator.exchangeTime()),
    fingerprint_prefix: fingerprint.slice(0, 8),
  });
}

/** Who am I, how much may I call, and is anybody there. */
export const serviceHandlers: Handlers = {
  'GET /me': showMe,
  'GET /account/limits': showLimits,
  'GET /diagnostics': showDiagnostics,
  'GET /health': () => data({ status: 'ok', service: SERVICE }),
};
