import { formatUsd } from '../../shared/ledger/decimal.ts';
import { usd } from '../output/amounts.ts';

const deployed = 'as deployed';

/** A limit in USD; without one that of the deployment holds. */
export function moneyLimit(amount: bigint | undefined): string {
  return amount === undefined ? deployed : usd(formatUsd(amount));
}

/** A limit of a number of orders. */
export function countLimit(count: bigint | undefined): string {
  return count === undefined ? deployed : String(count);
}
