import type { JsonObject } from './fields.ts';
import { isStatusKnown } from './parse-orders.ts';
import type { SignedRequestTools } from './signed-requests.ts';

/** The fields of the exchange's rows in all forms that are known, whether or not anything reads them. */
const familiarFields: Readonly<Record<FamiliarResource, ReadonlySet<string>>> = {
  orders:
    words(`order_id id client_order_id market_id market_name instrument_id instrument_symbol instrument_name
    symbol trader_id trading_account_id side type quantity size original_quantity filled_quantity remaining_quantity
    price stop_price average_price average_fill_price fee status closure_reason closed_at cancelled_at submitted_at
    created_at updated_at time_in_force should_autotransfer fills`),
  'consumption-accounts':
    words(`account_id user_id instrument_id instrument_symbol instrument_name available_balance
    uncommitted_balance committed_balance total_balance total_deposits total_withdrawals total_commitments
    total_transfers_in total_transfers_out status created_at updated_at last_deposit_at last_withdrawal_at
    last_commitment_at last_transfer_at`),
  'trading-accounts':
    words(`account_id user_id market_id instrument_id instrument_symbol instrument_name currency
    available reserved total total_balance available_balance locked_balance reserved_balance committed_balance
    total_deposits total_withdrawals total_transfers_in total_transfers_out status created_at updated_at`),
};

export type FamiliarResource = 'orders' | 'consumption-accounts' | 'trading-accounts';

/** Text that is not shaped like a field's name is not passed on: it may hold anything. */
const nameShape = /^[A-Za-z][A-Za-z0-9_]{0,40}$/;

/**
 * The same parser, which tells of fields and of words for an order's status that are not known. They change nothing here:
 * they are how an exchange that changes is noticed before it matters.
 */
export function noticing<Row>(
  { watch }: Pick<SignedRequestTools, 'watch'>,
  resource: FamiliarResource,
  parse: (row: JsonObject) => Row,
): (row: JsonObject) => Row {
  return (row) => {
    for (const name of unfamiliarIn(resource, row)) watch?.unfamiliar(`${resource}.${name}`);
    return parse(row);
  };
}

function unfamiliarIn(resource: FamiliarResource, row: JsonObject): readonly string[] {
  const fields = Object.keys(row).filter((name) => !familiarFields[resource].has(name));
  const names = fields.map((name) => (nameShape.test(name) ? name : 'unnamed'));
  return resource === 'orders' && !isStatusKnown(row) ? [...names, 'status'] : names;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
