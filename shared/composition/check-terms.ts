import { topUpOf } from '../configuration/buying-limits.ts';
import type { InstrumentConfiguration } from '../configuration/instruments.ts';
import { instrumentInForce } from '../settings/in-force.ts';
import type { TermsInForce } from '../top-up/check-balances.ts';
import type { OrderTable } from './order-table.ts';

/** What a check reads the terms in force from. */
export interface CheckTermsTools {
  readonly table: Pick<OrderTable, 'readControl'>;
  /** As deployed. */
  readonly instruments: readonly InstrumentConfiguration[];
  /** As configured for the exchange. */
  readonly balanceLagSeconds: number;
}

/**
 * Reads what is in force. While the settings cannot be understood instruments are as deployed, and nothing is decided.
 *
 * @throws StoreUnavailableError
 */
export async function readCheckTerms({
  table,
  instruments,
  balanceLagSeconds,
}: CheckTermsTools): Promise<TermsInForce> {
  const control = await table.readControl();
  const { settings } = control.stored;
  return {
    control,
    inForce: (deployed) => {
      const configured = instruments.find(({ symbol }) => symbol === deployed.limits.symbol);
      const inForce = configured && topUpOf(instrumentInForce(configured, settings), balanceLagSeconds);
      return inForce ?? deployed;
    },
  };
}
