import { environmentNames } from '../../shared/configuration/environment-names.ts';

const topUps = {
  threshold: { policy: 'threshold', minimumUnits: 5, quantity: 10, limitPrice: '2.50' },
  adaptive: { policy: 'adaptive' },
} as const;

/** The environment of a stage that tops up these instruments. */
export function instrumentsWith(
  instruments: readonly { readonly symbol: string; readonly marketId: string }[],
  policy: keyof typeof topUps,
): Record<string, string> {
  const configured = instruments.map(({ symbol, marketId }) => ({
    symbol,
    marketId,
    maximumPrice: '2.50',
    maximumQuantity: 100,
    // Long enough for every tick that is measured.
    maximumRestMinutes: 1_000,
    topUp: topUps[policy],
  }));
  return { [environmentNames.instruments]: JSON.stringify(configured) };
}
