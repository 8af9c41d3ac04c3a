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
import { canary } from '../invariants/canary.ts';
import type { Random } from '../kernel/random.ts';
import type { OrderRequest } from './exchange-order.ts';
import { SigningKeyMissingError } from './key-missing.ts';
import { asShown, carry, carryOrder, type NetworkTools, postTimeoutMs, shownTime } from './network.ts';

const shortestPostMs = 1_000;
const longestUnlearntSkewMs = 30_000;

/** The exchange as one invocation reaches it, without the client: through a network, with a clock and a key of its own. */
export function accessExchange(tools: NetworkTools): OrderExchange {
  const { invocation, random, faults, exchange } = tools;
  const prepared = new WeakMap<
    PreparedOrder,
    { readonly order: OrderRequest; readonly signatureTime: number }
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
          sandbox.useKey(tools.kernel.now());
          const { offset } = sandbox.clockSkew;
          const signatureTime = Math.floor((clock.now() + offset) / 1000) * 1000;
          const signed = { signedAt: signatureTime - offset };
          prepared.set(signed, { order: requestOf(order), signatureTime });
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
        asShown(
          tools,
          exchange.listed.find((one) => one.terms.exchangeOrderId === exchangeOrderId),
          shownTime(tools, faults.listLagMs),
        ),
      ),
    scanOrders: (since) => readFrom(tools, 'exchange.scan', () => scan(tools, since)),
    cancelOrder: (exchangeOrderId) => cancel(tools, exchangeOrderId),
    getOrderBook: (marketId) =>
      readFrom(tools, 'exchange.book', () => exchange.market(marketId).book.shown()),
  };
}

/** An order without a limit leaves without one. */
function requestOf({ sentType, limitPrice, ...order }: OrderToSend): OrderRequest {
  return { ...order, limitPrice: sentType === 'market' ? undefined : limitPrice };
}

/** A read: answered late, or not at all, and with a clock that is corrected on the way if it is far off. */
export function readFrom<T>(tools: NetworkTools, name: string, look: () => T): Promise<T> {
  const { kernel, random, faults, invocation, exchange } = tools;
  const { sandbox } = invocation;
  sandbox.useKey(kernel.now());
  return carry(tools, name, () => {
    sandbox.clockSkew.observed = -sandbox.skewMs;
    if (Math.abs(sandbox.skewMs + sandbox.clockSkew.offset) > longestUnlearntSkewMs)
      sandbox.learn(kernel.now());
    if (sandbox.keyReadAt < exchange.refusesKeysBefore) {
      tools.tally.refused += 1;
      sandbox.forgetKey();
      throw new ExchangeReadError('unauthorized', name, 'AUTH_FAILED', 401);
    }
    if (random.chance(faults.readFails)) throw readError(random, name);
    tools.tally.answered += 1;
    return look();
  });
}

async function post(
  tools: NetworkTools,
  order: OrderRequest,
  signatureTime: number,
): Promise<PlacementOutcome> {
  const { invocation, random, kernel } = tools;
  const remaining = tools.deadline - invocation.clock.now();
  if (remaining < shortestPostMs) return { kind: 'not-sent', code: 'deadline-passed' };
  const timeoutMs = Math.min(postTimeoutMs, remaining);
  return carryOrder<PlacementOutcome>(
    tools,
    { order, signatureTime, timeoutMs },
    {
      notSent: () => ({ kind: 'not-sent', code: 'ECONNREFUSED' }),
      lost: () => ({ kind: 'unknown', code: random.pick(['ECONNRESET', 'timeout']) }),
      timedOut: () => ({ kind: 'unknown', code: 'timeout' }),
      answered: (answer) => {
        if (answer.kind === 'refused' && answer.status === 401) {
          invocation.sandbox.learn(kernel.now());
          invocation.sandbox.forgetKey();
        }
        return answer;
      },
      spoilt: () => spoil(random),
    },
  );
}

function spoil(random: Random): PlacementOutcome {
  return random.pick<PlacementOutcome>([
    { kind: 'unknown', status: 200, code: 'acceptance-unreadable' },
    { kind: 'unknown', status: 201, code: 'acceptance-without-id' },
    { kind: 'unknown', status: 502, code: 'http-502' },
    { kind: 'unknown', code: 'ECONNRESET' },
  ]);
}

function scan(tools: NetworkTools, since: number): OrderScan {
  const { random, faults, exchange } = tools;
  const time = shownTime(tools, faults.listLagMs);
  const orders = exchange.listed
    .map((order) => asShown(tools, order, time))
    .filter((order): order is ExchangeOrder => order !== undefined && (order.submittedAt ?? 0) >= since);
  if (!random.chance(faults.scanIncomplete)) return { orders, complete: true };
  return { orders: cutOff(tools, orders), complete: false };
}

/** Where pages end too early, or are broken, the same part can be missing again and again. */
function cutOff(
  { random, scenario }: NetworkTools,
  orders: readonly ExchangeOrder[],
): readonly ExchangeOrder[] {
  const shown = random.integer(0, orders.length);
  switch (scenario.incompleteListsShow) {
    case 'oldest':
      return orders.slice(0, Math.min(shown, orders.length - 1));
    case 'newest':
      return orders.slice(orders.length - shown);
    case 'some':
      return orders.filter(() => random.chance(0.5));
  }
}

function cancel(tools: NetworkTools, exchangeOrderId: string): Promise<CancelOutcome> {
  const { random, faults, exchange } = tools;
  return carry<CancelOutcome>(tools, 'exchange.cancel', () => {
    if (random.chance(faults.requestLost)) return { kind: 'unknown', code: 'timeout' };
    const outcome = exchange.cancel(exchangeOrderId);
    return random.chance(faults.answerSpoilt) ? { kind: 'unknown', code: 'http-500' } : outcome;
  });
}

/** As the client throws it. Whoever logs more of it than its kind logs the canary. */
function readError(random: Random, name: string): ExchangeReadError {
  const kind = random.pick(['unavailable', 'rate-limited', 'unreadable', 'unauthorized'] as const);
  const error = new ExchangeReadError(kind, name, 'http-503', 503);
  error.message = canary;
  return error;
}
