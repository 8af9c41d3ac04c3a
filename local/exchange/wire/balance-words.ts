import { type Amount, floorToWhole, toJsonNumber, toText } from '../decimal.ts';
import type { Modes } from '../modes.ts';

/** The balance fields of a consumption account, in the words and types of the mode. */
export function balanceFields(held: Amount, entered: Amount, modes: Modes): Record<string, unknown> {
  const units = modes.floorBalances ? floorToWhole(held) : held;
  const write = (value: Amount) => (modes.balanceEncoding === 'number' ? toJsonNumber(value) : toText(value));
  switch (modes.balanceFields) {
    case 'available':
      return { available_balance: write(units), total_balance: write(units) };
    case 'uncommitted':
      return {
        uncommitted_balance: toJsonNumber(units),
        committed_balance: 0,
        total_balance: toJsonNumber(units),
        total_deposits: toJsonNumber(entered),
      };
    case 'both':
      return {
        available_balance: write(units),
        uncommitted_balance: toJsonNumber(units),
        committed_balance: 0,
        total_balance: write(units),
      };
    case 'committed':
      // Units that are committed the moment they arrive: usable, and yet not free.
      return {
        available_balance: write(0n),
        uncommitted_balance: 0,
        committed_balance: write(units),
        total_balance: write(units),
      };
    case 'missing':
      return {};
  }
}
