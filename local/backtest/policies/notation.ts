import { formatDecimal, formatUsd, parseDecimal } from '../../../shared/ledger/decimal.ts';

/** The price tick of the backtest's market: a cent, in units of 1e-8 USD. */
const cent = 1_000_000n;

const usdOfCents: string[] = [];

/** A price as the policy's contract writes it. */
export function centsToUsd(cents: number): string {
  usdOfCents[cents] ??= formatUsd(BigInt(cents) * cent);
  return usdOfCents[cents] ?? '';
}

/** The cents of a price, or undefined if it is not a positive price on the tick. */
export function usdToCents(usd: string): number | undefined {
  const amount = parseDecimal(usd);
  if (amount === undefined || amount === 0n || amount % cent !== 0n) return undefined;
  return Number(amount / cent);
}

/** Units as the policy's contract writes them. */
export function stepsToUnits(steps: number): string {
  return formatDecimal(BigInt(steps));
}
