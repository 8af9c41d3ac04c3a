import { formatDecimal, type Units } from '../ledger/decimal.ts';
import type { TickIdentity } from '../orders/order-id.ts';
import { type MoveUnitsPorts, moveUnits } from './move-units.ts';
import type { Transfer } from './transfer.ts';
import { transferId } from './transfer-id.ts';
import { type UnitsAtHand, unitsToMove } from './units-to-move.ts';

/** An instrument whose Units we move to consumption when they are needed there. */
export interface MovedInstrument {
  /** Symbol of the instrument, such as `chat-prime`. */
  readonly instrument: string;
  /** Units that are to be usable. */
  readonly need: Units;
  /** Reads its accounts; undefined if what is usable cannot be told from them. */
  readonly accounts: () => Promise<(UnitsAtHand & { readonly instrumentId: string }) | undefined>;
}

/**
 * Moves what each instrument needs and has waiting in the trading account, one transfer each. Trouble with one does not
 * stop the others, nor the purchases that follow: Units that wait count as incoming in any case.
 *
 * @returns the transfers that were sent
 */
export async function moveWaitingUnits(
  ports: MoveUnitsPorts,
  tick: Omit<TickIdentity, 'instrument'>,
  instruments: readonly MovedInstrument[],
): Promise<readonly Transfer[]> {
  const sent: Transfer[] = [];
  for (const one of instruments) {
    try {
      const transfer = await moveNeeded(ports, tick, one);
      if (transfer !== undefined) sent.push(transfer);
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      ports.log.error('transfer-failed', { instrument: one.instrument, error: name });
    }
  }
  return sent;
}

async function moveNeeded(
  ports: MoveUnitsPorts,
  tick: Omit<TickIdentity, 'instrument'>,
  { instrument, need, accounts }: MovedInstrument,
): Promise<Transfer | undefined> {
  const held = await accounts();
  const quantity = held === undefined ? 0n : unitsToMove(held, need);
  if (held === undefined || quantity === 0n) return undefined;
  const { instrumentId } = held;
  const id = transferId({ ...tick, instrument });
  const result = await moveUnits(ports, { transferId: id, instrument, instrumentId, quantity });
  if (result.kind === 'sent') return result.transfer;
  ports.log.info('transfer-not-begun', {
    instrument,
    quantity: quantity.toString(),
    usable: formatDecimal(held.usable),
    why: result.kind === 'stopped' ? result.why : result.kind,
  });
  return undefined;
}
