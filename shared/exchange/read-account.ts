import { type CurrencyAccount, parseCurrencyAccount } from './parse-accounts.ts';
import { type Market, parseMarket } from './parse-markets.ts';
import { objectIn, readParsed } from './read-parsed.ts';
import type { SignedRequestTools } from './signed-requests.ts';
import { wholeList } from './whole-list.ts';

/** The money of the account. @throws ExchangeReadError */
export function readCurrencyAccounts(tools: SignedRequestTools): Promise<readonly CurrencyAccount[]> {
  return wholeList(tools, 'currency-trading-accounts', parseCurrencyAccount, moneyHeldIn);
}

/** One market. @throws ExchangeReadError */
export function readMarket(tools: SignedRequestTools, marketId: string): Promise<Market> {
  return readParsed(tools, `markets/${encodeURIComponent(marketId)}`, (json) => parseMarket(objectIn(json)));
}

function moneyHeldIn(account: CurrencyAccount): string {
  return `${account.accountId} ${account.currency}`;
}
