import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import type {
  CancelOutcome,
  ExchangeOrder,
  OrderExchange,
  OrderScan,
  OrderToSend,
  PlacementOutcome,
  PreparedOrder,
} from '../../../shared/orders/exchange-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { canary } from '../invariants/canary.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Exchange } from './exchange.ts';

/** What an invocation's way to the exchange needs. */
export interface ExchangeAccessTools {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly exchange: Exchange;
  readonly invocation: Invocation;
  readonly incompleteListsShow: Scenario['incompleteListsShow'];
  /** By the invocation's own clock. */
  readonly deadline: number;
  /** Called when a POST leaves. */
  readonly onPost: (order: OrderToSend) => void;
  /** Called when a POST arrives. */
  readonly onArrival: (order: OrderToSend) => void;
  /** Called when the sender is told what came of it. */
  readonly onOutcome: (outcome: PlacementOutcome) => void;
}

class SigningKeyMissingError extends Error {
  override readonly name = 'SigningKeyMissingError';
}

const postTimeoutMs = 8_000;
const shortestPostMs = 1_000;
const longestUnlearntSkewMs = 30_000;

/** The exchange as one invocation reaches it: through a network, with a clock of its own and a key that may fail. */
export function accessExchange(tools: ExchangeAccessTools): OrderExchange {
  const { invocation, random, faults, exchange } = tools;
  const prepared = new WeakMap<
    PreparedOrder,
    { readonly order: OrderToSend; readonly signatureTime: number }
  >();
  return {
    prepareOrder: (order) =>
      invocation.call({
        name: 'exchange.prepare',
        requestMs: random.integer(0, 40),
        responseMs: 0,
        perform: async () => {
          if (random.chance(faults.keyMissing)) throw new SigningKeyMissingError(canary);
          const { sandbox, clock } = invocation;
          const signatureTime = Math.floor((clock.now() + sandbox.learntOffsetMs) / 1000) * 1000;
          const signed = { signedAt: signatureTime - sandbox.learntOffsetMs };
          prepared.set(signed, { order, signatureTime });
          return signed;
        },
      }),
    sendOrder: async (signed) => {
      const content = prepared.get(signed);
      if (content === undefined) throw new Error('An order is sent once.');
      prepared.delete(signed);
      const outcome = await post(tools, content.order, content.signatureTime);
      tools.onOutcome(outcome);
      return outcome;
    },
    getOrder: (exchangeOrderId) =>
      readFrom(tools, 'exchange.order', () =>
        exchange.orders
          .find((one) => one.terms.exchangeOrderId === exchangeOrderId)
          ?.shownAsOf(shownTime(tools, faults.listLagMs)),
      ),
    scanOrders: (since) => readFrom(tools, 'exchange.scan', () => scan(tools, since)),
    cancelOrder: (exchangeOrderId) => cancel(tools, exchangeOrderId),
    getOrderBook: (marketId) =>
      readFrom(tools, 'exchange.book', () => exchange.market(marketId).book.shown()),
  };
}

/** A read: answered late, or not at all, and with a clock that is corrected on the way if it is far off. */
export function readFrom<T>(tools: ExchangeAccessTools, name: string, look: () => T): Promise<T> {
  const { invocation, kernel, random, faults } = tools;
  const { sandbox } = invocation;
  return invocation.call({
    name,
    requestMs: random.integer(2, 120),
    responseMs: random.integer(2, 120),
    perform: async () => {
      if (Math.abs(sandbox.skewMs + sandbox.learntOffsetMs) > longestUnlearntSkewMs)
        sandbox.learn(kernel.now());
      if (random.chance(faults.readFails)) throw readError(random, name);
      return look();
    },
  });
}

/** The moment that a reader is shown, when what is shown may be old. */
export function shownTime(tools: Pick<ExchangeAccessTools, 'kernel' | 'random'>, lagMs: number): number {
  return tools.kernel.now() - Math.floor(tools.random.next() * lagMs);
}

/** The one request that carries an order. Its outcome is what the client makes of what comes back. */
async function post(
  tools: ExchangeAccessTools,
  order: OrderToSend,
  signatureTime: number,
): Promise<PlacementOutcome> {
  const { invocation, random, faults, exchange, kernel } = tools;
  const remaining = tools.deadline - invocation.clock.now();
  if (remaining < shortestPostMs) return { kind: 'not-sent', code: 'deadline-passed' };
  const stallMs = random.chance(faults.requestStalled) ? random.integer(3_000, 70_000) : 0;
  const isLost = random.chance(faults.requestLost);
  return invocation.call({
    name: 'exchange.post',
    requestMs: random.integer(5, 300) + stallMs,
    responseMs: random.chance(faults.answerLost) ? postTimeoutMs : random.integer(5, 300),
    perform: async () => {
      if (random.chance(faults.notSent)) return { kind: 'not-sent', code: 'ECONNREFUSED' };
      tools.onPost(order);
      if (isLost) return { kind: 'unknown', code: random.pick(['ECONNRESET', 'timeout']) };
      tools.onArrival(order);
      const answer = exchange.receive(order, signatureTime);
      if (answer.kind === 'refused' && answer.code === 'EXPIRED_TIMESTAMP')
        invocation.sandbox.learn(kernel.now());
      return random.chance(faults.answerSpoilt) ? spoil(random) : answer;
    },
    patience: {
      ms: Math.min(postTimeoutMs, remaining),
      giveUp: () => ({ kind: 'unknown', code: 'timeout' }),
    },
  });
}

function spoil(random: Random): PlacementOutcome {
  return random.pick<PlacementOutcome>([
    { kind: 'unknown', status: 200, code: 'acceptance-unreadable' },
    { kind: 'unknown', status: 201, code: 'acceptance-without-id' },
    { kind: 'unknown', status: 502, code: 'http-502' },
    { kind: 'unknown', code: 'ECONNRESET' },
  ]);
}

function scan(tools: ExchangeAccessTools, since: number): OrderScan {
  const { random, faults, exchange } = tools;
  const time = shownTime(tools, faults.listLagMs);
  const orders = exchange.orders
    .map((order) => order.shownAsOf(time))
    .filter((order): order is ExchangeOrder => order !== undefined && (order.submittedAt ?? 0) >= since);
  if (!random.chance(faults.scanIncomplete)) return { orders, complete: true };
  return { orders: cutOff(tools, orders), complete: false };
}

/** Where pages end too early, or are broken, the same part can be missing again and again. */
function cutOff(
  { random, incompleteListsShow }: ExchangeAccessTools,
  orders: readonly ExchangeOrder[],
): readonly ExchangeOrder[] {
  const shown = random.integer(0, orders.length);
  switch (incompleteListsShow) {
    case 'oldest':
      return orders.slice(0, Math.min(shown, orders.length - 1));
    case 'newest':
      return orders.slice(orders.length - shown);
    case 'some':
      return orders.filter(() => random.chance(0.5));
  }
}

function cancel(tools: ExchangeAccessTools, exchangeOrderId: string): Promise<CancelOutcome> {
  const { invocation, random, faults, exchange } = tools;
  return invocation.call({
    name: 'exchange.cancel',
    requestMs: random.integer(5, 300),
    responseMs: random.integer(5, 300),
    perform: async () => {
      if (random.chance(faults.requestLost)) return { kind: 'unknown', code: 'timeout' };
      const outcome = exchange.cancel(exchangeOrderId);
      return random.chance(faults.answerSpoilt) ? { kind: 'unknown', code: 'http-500' } : outcome;
    },
  });
}

/** As the client throws it. Whoever logs more of it than its kind logs the canary. */
function readError(random: Random, name: string): ExchangeReadError {
  const kind = random.pick(['unavailable', 'rate-limited', 'unreadable', 'unauthorized'] as const);
  const error = new ExchangeReadError(kind, name, 'http-503', 503);
  error.message = canary;
  return error;
}
