import { formatUsd } from '../ledger/decimal.ts';
import type { CancelOutcome } from '../orders/exchange-port.ts';
import { cancelOrder } from './cancel-order.ts';
import type { CurrencyAccount } from './parse-accounts.ts';
import type { Market } from './parse-markets.ts';
import { readCurrencyAccounts, readMarket } from './read-account.ts';
import { ExchangeReadError } from './read-error.ts';
import type { SignedRequestTools } from './signed-requests.ts';

/** What the exchange says of the account, for a person who sets it up or looks for a fault. */
export interface AccountExamination {
  /** Whether a signed read was answered, and if not, what the exchange made of it. */
  readonly reads: 'answered' | 'key-refused' | 'path-unknown' | 'forbidden' | 'unclear';
  /** The exchange's code, or why there is no answer; null where reads are answered. */
  readonly reason: string | null;
  /** In Auto mode the exchange refuses orders. */
  readonly mode: 'advanced' | 'auto' | 'unclear';
  readonly markets: readonly {
    readonly instrument: string;
    readonly state: 'active' | 'closed' | 'not-found' | 'unclear';
  }[];
  /** Decimal strings. */
  readonly currency: readonly { readonly currency: string; readonly available: string }[];
  /** The exchange's time minus ours; null where it does not tell the time. */
  readonly clockOffsetMs: number | null;
}

/** What an examination asks of the exchange. It moves nothing. Reads throw `ExchangeReadError`. */
export interface ExaminedExchange {
  getCurrencyAccounts(): Promise<readonly Pick<CurrencyAccount, 'currency' | 'available'>[]>;
  getMarket(marketId: string): Promise<Pick<Market, 'isActive'>>;
  cancelOrder(exchangeOrderId: string): Promise<CancelOutcome>;
  /** The exchange's time minus ours, ms, by the last answer that told the time. */
  clockOffset(): number | undefined;
}

/** The exchange as an examination meets it: with nothing that could place an order. */
export function examinedExchange(tools: SignedRequestTools): ExaminedExchange {
  return {
    getCurrencyAccounts: () => readCurrencyAccounts(tools),
    getMarket: (marketId) => readMarket(tools, marketId),
    cancelOrder: (exchangeOrderId) => cancelOrder(tools, exchangeOrderId),
    clockOffset: () => tools.skew.observed,
  };
}

const nothingMore = { mode: 'unclear', markets: [], currency: [] } as const;

/**
 * Reads what can keep the account from buying: whether the key and the path are right, the mode, the markets, the money.
 *
 * @param unknownOrderId an order id that the exchange cannot know. The mode is shown by how it answers to a request to
 * cancel that: it has to refuse it in either mode, and says in Auto mode that it takes no orders at all.
 */
export async function examineAccount(
  exchange: ExaminedExchange,
  instruments: readonly { readonly symbol: string; readonly marketId: string }[],
  unknownOrderId: string,
): Promise<AccountExamination> {
  const money = await exchange.getCurrencyAccounts().catch(asReadError);
  if (money instanceof ExchangeReadError) {
    return { reads: readsOf(money), reason: money.code, ...nothingMore, clockOffsetMs: offsetOf(exchange) };
  }
  const [cancelled, ...markets] = await Promise.all([
    exchange.cancelOrder(unknownOrderId),
    ...instruments.map(async ({ symbol, marketId }) => ({
      instrument: symbol,
      state: await marketState(exchange, marketId),
    })),
  ]);
  return {
    reads: 'answered',
    reason: null,
    mode: modeShownBy(cancelled),
    markets,
    currency: money.map(({ currency, available }) => ({
      currency: currency.toUpperCase(),
      available: formatUsd(available),
    })),
    clockOffsetMs: offsetOf(exchange),
  };
}

/** Errors of other kinds are not the exchange's. */
function asReadError(error: unknown): ExchangeReadError {
  if (error instanceof ExchangeReadError) return error;
  throw error;
}

function readsOf({ kind }: ExchangeReadError): AccountExamination['reads'] {
  if (kind === 'unauthorized') return 'key-refused';
  if (kind === 'not-found') return 'path-unknown';
  return kind === 'forbidden' ? 'forbidden' : 'unclear';
}

async function marketState(
  exchange: ExaminedExchange,
  marketId: string,
): Promise<AccountExamination['markets'][number]['state']> {
  const market = await exchange.getMarket(marketId).catch(asReadError);
  if (market instanceof ExchangeReadError) return market.kind === 'not-found' ? 'not-found' : 'unclear';
  return market.isActive ? 'active' : 'closed';
}

function modeShownBy(outcome: CancelOutcome): AccountExamination['mode'] {
  if (outcome.kind !== 'refused') return 'unclear';
  if (outcome.status === 403) return 'auto';
  return outcome.status === 404 ? 'advanced' : 'unclear';
}

function offsetOf(exchange: ExaminedExchange): number | null {
  return exchange.clockOffset() ?? null;
}
