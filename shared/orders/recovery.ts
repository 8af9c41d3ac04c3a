import type { BuyingLimits } from './buying-limits.ts';
import { type ControlState, restoredFromBackup } from './control-port.ts';

/** What is particular while the records are a copy restored from a backup: orders that were placed later are not in it. */
export interface Recovery {
  /** Whether they are, and no administrator has closed the breaker since. */
  isUnderWay(): Promise<boolean>;
  /** What this stage knows of a market; undefined if it buys nothing there. */
  marketOf(marketId: string): Pick<BuyingLimits, 'symbol' | 'feeBasisPoints' | 'maximumPrice'> | undefined;
  /** A fresh random mark. */
  readonly nonce: () => string;
}

/** What a recovery needs. */
export interface RecoveryTools {
  readonly readControl: () => Promise<Pick<ControlState, 'breaker'>>;
  /** Of the deployed instruments. */
  readonly markets: readonly BuyingLimits[];
  readonly nonce: () => string;
}

/** The breaker says whether the records were restored. */
export function createRecovery({ readControl, markets, nonce }: RecoveryTools): Recovery {
  return {
    isUnderWay: async () => (await readControl()).breaker?.reason === restoredFromBackup,
    marketOf: (marketId) => markets.find((market) => market.marketId === marketId),
    nonce,
  };
}
