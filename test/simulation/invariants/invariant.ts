import type { OrderRequest } from '../exchange/exchange-order.ts';
import type { TransferRequest } from '../exchange/transfer-desk.ts';
import type { ReservationWrite, StoreWrite, TransferWrite } from '../store/simulated-store.ts';
import type { World } from '../world/world.ts';

/** A rule that holds in every run. Each check says what is wrong, or undefined. */
export interface Invariant {
  /** Such as `I1`. */
  readonly number: string;
  readonly sentence: string;
  /** After every event that changed a record or an order. */
  readonly afterEvent?: (world: World) => string | undefined;
  /** When a record was written. */
  readonly atWrite?: (world: World, write: StoreWrite) => string | undefined;
  /** When a request with an order leaves. */
  readonly atPost?: (world: World, order: OrderRequest) => string | undefined;
  /** When a request with an order arrives. */
  readonly atArrival?: (world: World, order: OrderRequest) => string | undefined;
  /** When a transfer's record was written. */
  readonly atTransferWrite?: (world: World, write: TransferWrite) => string | undefined;
  /** When a request with a transfer leaves. */
  readonly atTransferPost?: (world: World, transferId: string) => string | undefined;
  /** When a request with a transfer arrives. */
  readonly atTransferArrival?: (world: World, request: TransferRequest) => string | undefined;
  /** When a reservation was written. */
  readonly atReservationWrite?: (world: World, write: ReservationWrite) => string | undefined;
  /** When all faults have been over for long. */
  readonly afterHealing?: (world: World) => string | undefined;
}
