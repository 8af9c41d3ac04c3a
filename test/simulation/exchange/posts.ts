import type { NotAccepted, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import type { OrderRequest } from './exchange-order.ts';
import type { NetworkTools } from './network.ts';
import type { TransferRequest } from './transfer-desk.ts';

/** What the exchange itself says to a POST. */
export type ExchangeAnswer = { readonly kind: 'accepted' } | NotAccepted;

/** What a sender sees of what can become of its request. */
export interface SendersView<Answer, T> {
  readonly notSent: () => T;
  /** Left, and never arrived. */
  readonly lost: () => T;
  /** No answer within the sender's patience. */
  readonly timedOut: () => T;
  readonly answered: (answer: Answer) => T;
  /** The exchange has answered, and that is not what arrives. */
  readonly spoilt: (answer: Answer) => T;
}

/** A POST that is about to go over the network. */
export interface OutgoingPost<Answer extends ExchangeAnswer> {
  /** For the journal. */
  readonly name: string;
  /** How long the sender waits for an answer. */
  readonly timeoutMs: number;
  readonly onLeaving: () => void;
  /** What the exchange does, and answers. */
  readonly onArriving: () => Answer;
}

/** How long a POST is waited for. */
export const postTimeoutMs = 8_000;

/** An order on its way. */
export function outgoingOrder(
  { exchange, invocation, onPost, onArrival }: NetworkTools,
  order: OrderRequest,
  signatureTime: number,
  timeoutMs: number,
): OutgoingPost<PlacementOutcome> {
  return {
    name: 'exchange.post',
    timeoutMs,
    onLeaving: () => onPost(order),
    onArriving: () => {
      onArrival(order);
      return exchange.receive(order, signatureTime, invocation.sandbox.keyReadAt);
    },
  };
}

/** A transfer on its way. */
export function outgoingTransfer(
  { exchange, invocation, onTransferPost, onTransferArrival }: NetworkTools,
  request: TransferRequest,
  signatureTime: number,
  timeoutMs: number,
): OutgoingPost<TransferOutcome> {
  return {
    name: 'exchange.post-transfer',
    timeoutMs,
    onLeaving: () => onTransferPost(request.transferId),
    onArriving: () => {
      onTransferArrival(request);
      return exchange.receiveTransfer(request, signatureTime, invocation.sandbox.keyReadAt);
    },
  };
}

/** Carries a request that must not be repeated there, and what comes back, as far as the network lets it. */
export function carryPost<Answer extends ExchangeAnswer, T>(
  tools: NetworkTools,
  outgoing: OutgoingPost<Answer>,
  view: SendersView<Answer, T>,
): Promise<T> {
  const { invocation, random, faults } = tools;
  const { name, timeoutMs, onLeaving, onArriving } = outgoing;
  const stallMs = random.chance(faults.requestStalled) ? random.integer(3_000, 70_000) : 0;
  const isLost = random.chance(faults.requestLost);
  return invocation.call({
    name,
    requestMs: random.integer(5, 300) + stallMs,
    responseMs: random.chance(faults.answerLost) ? postTimeoutMs : random.integer(5, 300),
    perform: async () => {
      if (random.chance(faults.notSent)) return view.notSent();
      onLeaving();
      if (isLost) return view.lost();
      const answer = onArriving();
      return random.chance(faults.answerSpoilt) ? view.spoilt(answer) : view.answered(answer);
    },
    patience: { ms: timeoutMs, giveUp: view.timedOut },
  });
}
