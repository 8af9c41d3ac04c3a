import type { ReadTally } from '../../../shared/exchange/signed-requests.ts';
import type { PlacementOutcome, SeenOrder } from '../../../shared/orders/exchange-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Exchange } from './exchange.ts';
import type { OrderAtExchange, OrderRequest } from './exchange-order.ts';
import type { TransferRequest } from './transfer-desk.ts';

/** What an invocation's way to the exchange needs. */
export interface NetworkTools {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly exchange: Exchange;
  readonly invocation: Invocation;
  readonly scenario: Scenario;
  /** What becomes of this invocation's reads. */
  readonly tally: ReadTally;
  /** By the invocation's own clock. */
  readonly deadline: number;
  /** Called when a POST leaves. */
  readonly onPost: (order: OrderRequest) => void;
  /** Called when a POST arrives. */
  readonly onArrival: (order: OrderRequest) => void;
  /** Called when a POST with a transfer leaves. */
  readonly onTransferPost: (transferId: string) => void;
  /** Called when a POST with a transfer arrives. */
  readonly onTransferArrival: (request: TransferRequest) => void;
  /** Called when the sender is told what came of it. */
  readonly onOutcome: (outcome: PlacementOutcome) => void;
}

/** A request that may be repeated, there and back. */
export function carry<T>(tools: NetworkTools, name: string, perform: () => T): Promise<T> {
  const { invocation, random } = tools;
  return invocation.call({
    name,
    requestMs: random.integer(2, 120),
    responseMs: random.integer(2, 120),
    perform: async () => perform(),
  });
}

/** An order as a reader is shown it. */
export function asShown(
  { random, faults, kernel }: NetworkTools,
  order: OrderAtExchange | undefined,
  time: number,
): SeenOrder | undefined {
  const shown = order?.shownAsOf(time);
  if (shown === undefined) return undefined;
  // The exchange tells its time in whole seconds.
  const shownAt = Math.floor(kernel.now() / 1_000) * 1_000;
  return random.chance(faults.statusUnknown)
    ? { ...shown, shownAt, status: 'unknown' }
    : { ...shown, shownAt };
}

/** The moment that a reader is shown, when what is shown may be old. */
export function shownTime({ kernel, random }: NetworkTools, lagMs: number): number {
  return kernel.now() - Math.floor(random.next() * lagMs);
}
