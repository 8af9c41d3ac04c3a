import type { ReadTally } from '../../../shared/exchange/signed-requests.ts';
import type { ExchangeOrder, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Exchange } from './exchange.ts';
import type { OrderAtExchange, OrderRequest } from './exchange-order.ts';

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
  /** Called when the sender is told what came of it. */
  readonly onOutcome: (outcome: PlacementOutcome) => void;
}

/** What a sender sees of what can become of its request. */
export interface SendersView<T> {
  readonly notSent: () => T;
  /** Left, and never arrived. */
  readonly lost: () => T;
  /** No answer within the sender's patience. */
  readonly timedOut: () => T;
  readonly answered: (answer: PlacementOutcome) => T;
  /** The exchange has answered, and that is not what arrives. */
  readonly spoilt: (answer: PlacementOutcome) => T;
}

/** An order that is about to go over the network. */
export interface OutgoingOrder {
  readonly order: OrderRequest;
  /** In the signature, ms since the epoch. */
  readonly signatureTime: number;
  /** How long the sender waits for an answer. */
  readonly timeoutMs: number;
}

/** How long a POST is waited for. */
export const postTimeoutMs = 8_000;

/** Carries the one request with an order there, and what comes back, as far as the network lets it. */
export function carryOrder<T>(
  tools: NetworkTools,
  outgoing: OutgoingOrder,
  view: SendersView<T>,
): Promise<T> {
  const { invocation, random, faults, exchange, onPost, onArrival } = tools;
  const { order, signatureTime, timeoutMs } = outgoing;
  const stallMs = random.chance(faults.requestStalled) ? random.integer(3_000, 70_000) : 0;
  const isLost = random.chance(faults.requestLost);
  return invocation.call({
    name: 'exchange.post',
    requestMs: random.integer(5, 300) + stallMs,
    responseMs: random.chance(faults.answerLost) ? postTimeoutMs : random.integer(5, 300),
    perform: async () => {
      if (random.chance(faults.notSent)) return view.notSent();
      onPost(order);
      if (isLost) return view.lost();
      onArrival(order);
      const answer = exchange.receive(order, signatureTime, invocation.sandbox.keyReadAt);
      return random.chance(faults.answerSpoilt) ? view.spoilt(answer) : view.answered(answer);
    },
    patience: { ms: timeoutMs, giveUp: view.timedOut },
  });
}

/** A request that carries no order, there and back. */
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
  { random, faults }: NetworkTools,
  order: OrderAtExchange | undefined,
  time: number,
): ExchangeOrder | undefined {
  const shown = order?.shownAsOf(time);
  if (shown === undefined || !random.chance(faults.statusUnknown)) return shown;
  return { ...shown, status: 'unknown' };
}

/** The moment that a reader is shown, when what is shown may be old. */
export function shownTime({ kernel, random }: NetworkTools, lagMs: number): number {
  return kernel.now() - Math.floor(random.next() * lagMs);
}
