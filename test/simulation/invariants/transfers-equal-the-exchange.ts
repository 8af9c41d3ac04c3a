import type { Transfer } from '../../../shared/transfers/transfer.ts';
import type { TransferAtExchange } from '../exchange/transfer-desk.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';

/** The exchange keeps no name of ours: that the right one was found is known here only. */
export const transfersEqualTheExchange: Invariant = {
  number: 'M4',
  sentence:
    'When the faults have stopped, no transfer is unclear and none holds up the next one; every transfer of the exchange belongs to the one record that asked for it, and what was given up or refused has moved nothing.',
  afterHealing: (world) => {
    const { scenario, store, exchange } = world;
    const held = scenario.instruments.find(({ limits }) => store.isTransferSlotTaken(limits.symbol));
    if (held !== undefined) return `transfers of ${held.limits.symbol} are held up`;
    const asked = Map.groupBy(exchange.transfers.taken, ({ transferId }) => transferId);
    for (const [transferId, taken] of asked) {
      if (taken.length > 1) return `${transferId} was carried out ${taken.length} times`;
    }
    for (const record of store.transfers.values()) {
      const finding = differenceOf(world, record, asked.get(record.transferId)?.[0]);
      if (finding !== undefined) return `${record.transferId} (${record.state}): ${finding}`;
    }
    return undefined;
  },
};

function differenceOf(
  { scenario }: World,
  { state, confirmed, quantity, exchangeTransferId }: Transfer,
  taken: TransferAtExchange | undefined,
): string | undefined {
  if (state === 'PENDING' || state === 'SUBMITTED' || state === 'UNKNOWN') return 'is still unclear';
  if (state !== 'ABANDONED' && !confirmed) return 'is not confirmed';
  // Where the exchange takes longer than it may, one can come to be after it was given up, and be taken for the next.
  if (scenario.faultClass === 'B') return undefined;
  if (state !== 'DONE') return taken === undefined ? undefined : `is ${taken.exchangeTransferId}`;
  if (taken === undefined) return 'is not at the exchange';
  if (taken.quantity !== quantity) return `moved ${taken.quantity}, not ${quantity}`;
  return taken.exchangeTransferId === exchangeTransferId ? undefined : `is ${taken.exchangeTransferId}`;
}
