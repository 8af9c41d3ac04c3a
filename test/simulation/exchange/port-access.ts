import { ExchangeReadError } from '../../../shared/exchange/read-error.ts';
import type {
  CancelOutcome,
  OrderExchange,
  OrderScan,
  OrderToSend,
  SeenOrder,
} from '../../../shared/orders/exchange-port.ts';
import type { TransferExchange } from '../../../shared/transfers/exchange-port.ts';
import { canary } from '../invariants/canary.ts';
import type { Random } from '../kernel/random.ts';
import { marketOf } from '../world/scenario.ts';
import type { OrderRequest } from './exchange-order.ts';
import { asShown, carry, type NetworkTools, shownTime } from './network.ts';
import { createSigner, postByPort } from './port-posts.ts';
import { outgoingOrder, outgoingTransfer } from './posts.ts';
import type { TransferRequest } from './transfer-desk.ts';

const longestUnlearntSkewMs = 30_000;

/** The exchange as one invocation reaches it, without the client: through a network, with a clock and a key of its own. */
export function accessExchange(tools: NetworkTools): OrderExchange {
  const { faults, exchange } = tools;
  const signer = createSigner<OrderRequest>(tools);
  return {
    prepareOrder: (order) => signer.sign(requestOf(order)),
    sendOrder: async (prepared) => {
      const { request, signatureTime } = signer.take(prepared);
      const outcome = await postByPort(tools, (timeoutMs) =>
        outgoingOrder(tools, request, signatureTime, timeoutMs),
      );
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

/** Transfers, likewise. */
export function accessTransfers(tools: NetworkTools): TransferExchange {
  const { exchange, faults } = tools;
  const signer = createSigner<TransferRequest>(tools);
  return {
    prepareTransfer: (transfer) =>
      signer.sign({ ...transfer, marketId: marketOf(tools.scenario, transfer.instrumentId) }),
    sendTransfer: (prepared) => {
      const { request, signatureTime } = signer.take(prepared);
      return postByPort(tools, (timeoutMs) => outgoingTransfer(tools, request, signatureTime, timeoutMs));
    },
    listTransfers: (since) =>
      readFrom(tools, 'exchange.transfers', () => {
        const shown = exchange.transfers.shownAsOf(shownTime(tools, faults.listLagMs));
        const { rows, complete } = listed(
          tools,
          shown.filter(({ createdAt }) => (createdAt ?? 0) >= since),
        );
        return { transfers: rows, complete };
      }),
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

function scan(tools: NetworkTools, since: number): OrderScan {
  const { faults, exchange } = tools;
  const time = shownTime(tools, faults.listLagMs);
  const orders = exchange.listed
    .map((order) => asShown(tools, order, time))
    .filter((order): order is SeenOrder => order !== undefined && (order.submittedAt ?? 0) >= since);
  const { rows, complete } = listed(tools, orders);
  return { orders: rows, complete };
}

/** A list, or what can be had of it. */
function listed<Row>(
  tools: NetworkTools,
  rows: readonly Row[],
): { readonly rows: readonly Row[]; readonly complete: boolean } {
  const { random, faults } = tools;
  if (!random.chance(faults.scanIncomplete)) return { rows, complete: true };
  return { rows: cutOff(tools, rows), complete: false };
}

/** Where pages end too early, or are broken, the same part can be missing again and again. */
function cutOff<Row>({ random, scenario }: NetworkTools, rows: readonly Row[]): readonly Row[] {
  const shown = random.integer(0, rows.length);
  switch (scenario.incompleteListsShow) {
    case 'oldest':
      return rows.slice(0, Math.min(shown, rows.length - 1));
    case 'newest':
      return rows.slice(rows.length - shown);
    case 'some':
      return rows.filter(() => random.chance(0.5));
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
