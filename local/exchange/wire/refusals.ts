import type { RefusalReason } from '../market/outcome.ts';
import type { Modes } from '../modes.ts';
import type { Answer } from './exchange-of-messages.ts';

/** An error of the HTTP layer: a status, a code that programs read, and a sentence that people read. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function problem(status: number, code: string, message: string): Problem {
  return { status, code, message };
}

/** The deployed service words an unknown path or row like this. */
export const NOT_FOUND: Problem = problem(404, 'Not Found', 'Not Found');

/** Writes a problem in the envelope that the mode asks for. */
export function problemAnswer(
  { status, code, message, headers }: Problem,
  modes: Modes,
  exchangeTime: number,
): Answer {
  const serverTime = modes.serverTimeInErrors ? { server_time: new Date(exchangeTime).toISOString() } : {};
  const envelopes = {
    'errors.detail': { errors: { detail: code, message, ...serverTime } },
    'error.code': { error: { code: code.toUpperCase().replaceAll(' ', '_'), message, ...serverTime } },
    bare: { error: message },
  };
  return { status, json: envelopes[modes.errorEnvelope], ...(headers === undefined ? {} : { headers }) };
}

/** The status and code of each refusal, as far as public sources name them. */
export function problemOf(reason: RefusalReason, message: string, modes: Modes): Problem {
  switch (reason) {
    case 'auto_mode_trading_restricted':
      return problem(403, reason, message);
    case 'duplicate_client_order_id':
      return problem(modes.duplicateStatus, 'DUPLICATE_CLIENT_ORDER_ID', message);
    case 'insufficient_funds':
      return problem(
        modes.insufficientFundsStatus,
        modes.insufficientFundsStatus === 402 ? 'insufficient_funds' : 'INSUFFICIENT_BALANCE',
        message,
      );
    case 'insufficient_units':
      return problem(422, 'INSUFFICIENT_BALANCE', message);
    case 'invalid_price':
      return problem(422, 'INVALID_PRICE', message);
    case 'invalid_quantity':
      return problem(422, 'INVALID_QUANTITY', message);
    case 'market_closed':
      return problem(422, 'MARKET_CLOSED', message);
    case 'order_already_cancelled':
      // The deployed service answers a second cancel with a 500; a client must read the detail.
      return problem(500, 'order_already_cancelled', message);
    case 'order_not_cancellable':
      return problem(422, 'ORDER_NOT_CANCELLABLE', message);
    case 'order_not_updatable':
      return problem(422, 'ORDER_NOT_UPDATABLE', message);
    case 'order_not_found':
    case 'market_not_found':
    case 'instrument_not_found':
      return problem(404, reason, message);
  }
}
