import type { CancelOutcome, PlacementOutcome } from '../../../shared/orders/exchange-port.ts';
import type { TransferOutcome } from '../../../shared/transfers/exchange-port.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { OrderAtExchange, type OrderRequest } from './exchange-order.ts';
import { Holdings } from './holdings.ts';
import { type Fill, MarketBook } from './market-book.ts';
import { TransferDesk, type TransferRequest } from './transfer-desk.ts';

/** Among which orders the exchange refuses a client order id that it has seen. */
export type Deduplication = 'none' | 'open' | 'all';

export interface ExchangeOptions {
  readonly kernel: Kernel;
  readonly journal: Journal;
  readonly random: Random;
  readonly faults: FaultPlan;
  readonly deduplication: Deduplication;
  /** Whether it shows orders with their client order ids at all. */
  readonly showsClientIds: boolean;
  /** Orders of others that were over long before. */
  readonly oldOrders: number;
  readonly feeBasisPoints: bigint;
  readonly funds: bigint;
  /** Usable Units at the start, by market. Each market trades one instrument. */
  readonly markets: ReadonlyMap<string, bigint>;
  /** Whether bought Units stay in the trading account until somebody asks for them to be moved. */
  readonly unitsStayInTrading: boolean;
}

/** The exchange takes a signature for so long, by its own clock. */
export const signatureWindowMs = 30_000;
const basisPoints = 10_000n;
const hourMs = 3_600_000;
/** Why an order without a limit ends unfilled. */
export const outOfUnits = 'insufficient_liquidity';

interface Market {
  readonly book: MarketBook;
  readonly holdings: Holdings;
  suspendedUntil: number;
}

/**
 * The exchange behind its wire. It leaves open what its documentation leaves open: every ambiguity is a fault of the
 * plan. Nothing here is shared with the code that buys.
 */
export class Exchange {
  /** Ours. */
  readonly orders: OrderAtExchange[] = [];
  /** Ours and those of others on the same account, as they came. */
  readonly listed: OrderAtExchange[] = [];
  /** Grows with every change. */
  changes = 0;
  /** Signatures with a key that was read before this time are refused. ms since the epoch */
  refusesKeysBefore = 0;
  readonly transfers: TransferDesk;
  readonly #options: ExchangeOptions;
  readonly #markets: ReadonlyMap<string, Market>;
  #funds: bigint;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#funds = options.funds;
    const now = options.kernel.now();
    for (let age = options.oldOrders; age > 0; age -= 1) this.#rememberOldOrder(now - age * hourMs);
    this.#markets = new Map(
      [...options.markets].map(([marketId, usable]) => [
        marketId,
        { book: new MarketBook(), holdings: new Holdings(now, usable), suspendedUntil: 0 },
      ]),
    );
    this.transfers = new TransferDesk(options, (marketId) => this.market(marketId).holdings);
  }

  market(marketId: string): Market {
    const market = this.#markets.get(marketId);
    if (market === undefined) throw new Error(`There is no market ${marketId}.`);
    return market;
  }

  ordersOf(clientOrderId: string): readonly OrderAtExchange[] {
    return this.orders.filter((order) => order.terms.clientOrderId === clientOrderId);
  }

  /** A signed order arrives. The answer is the exchange's own, before the network has its way with it. */
  receive(order: OrderRequest, signatureTime: number, keyReadAt: number): PlacementOutcome {
    const { kernel, random, faults } = this.#options;
    if (random.chance(faults.exchangeFails)) return { kind: 'unknown', status: 503, code: 'UNAVAILABLE' };
    const problem = this.#signatureProblem(signatureTime, keyReadAt);
    if (problem !== undefined) return refuse(401, problem);
    if (this.market(order.marketId).suspendedUntil > kernel.now()) return refuse(422, 'MARKET_CLOSED');
    if (this.#isDuplicate(order)) return { kind: 'unknown', status: 409, code: 'DUPLICATE_CLIENT_ORDER_ID' };
    if (this.#fundsNeeded(order) > this.#funds) return refuse(402, 'INSUFFICIENT_BALANCE');
    if (random.chance(faults.refusal)) {
      return random.pick([
        refuse(429, 'RATE_LIMITED'),
        refuse(400, 'INVALID_ORDER'),
        refuse(403, 'AUTO_MODE_TRADING_RESTRICTED'),
      ]);
    }
    const taken = this.#take(order, true);
    if (random.chance(faults.twin)) this.#take(order, true);
    if (random.chance(faults.lyingRefusal)) return refuse(400, 'VALIDATION_ERROR');
    return { kind: 'accepted', exchangeOrderId: taken.terms.exchangeOrderId };
  }

  /** A signed request to move Units arrives. */
  receiveTransfer(request: TransferRequest, signatureTime: number, keyReadAt: number): TransferOutcome {
    const { random, faults } = this.#options;
    if (random.chance(faults.exchangeFails)) return { kind: 'unknown', status: 503, code: 'UNAVAILABLE' };
    const problem = this.#signatureProblem(signatureTime, keyReadAt);
    return problem === undefined ? this.transfers.receive(request) : refuse(401, problem);
  }

  /** A request to cancel arrives. */
  cancel(exchangeOrderId: string): CancelOutcome {
    const { kernel, random, faults } = this.#options;
    const order = this.listed.find((one) => one.terms.exchangeOrderId === exchangeOrderId);
    if (order?.now === undefined) return { kind: 'refused', status: 404, code: 'ORDER_NOT_FOUND' };
    if (!order.isLive) return { kind: 'unknown', code: 'order_already_final' };
    const lateFill = faults.cancelRaceMs > 0 && random.chance(0.5) ? order.remaining : 0n;
    this.#end(order, 'cancelled', 'user_cancelled');
    if (lateFill > 0n) {
      const quantity = BigInt(random.integer(1, Number(lateFill)));
      kernel.schedule(random.integer(1, Math.ceil(faults.cancelRaceMs)), () =>
        this.#fillLate(order, quantity),
      );
    }
    return { kind: 'requested' };
  }

  /** Somebody else buys on the account. */
  receiveFromOthers(
    order: Omit<OrderRequest, 'clientOrderId'>,
    clientOrderId = `web-${this.listed.length + 1}`,
  ): void {
    this.#take({ ...order, clientOrderId }, false);
  }

  /** A seller comes. */
  offer(marketId: string, quantity: bigint, price: bigint): void {
    for (const fill of this.market(marketId).book.offer(quantity, price)) this.#fill(fill);
  }

  #rememberOldOrder(at: number): void {
    const [marketId = ''] = this.#options.markets.keys();
    const number = this.listed.length + 1;
    const order = new OrderAtExchange({
      exchangeOrderId: `order_${number}`,
      clientOrderId: `web-${number}`,
      marketId,
      quantity: 1n,
      limitPrice: 1_000_000n,
      timeInForce: 'gtc',
      submittedAt: at,
      showsClientId: this.#options.showsClientIds,
      showsCost: true,
    });
    order.change({ at, status: 'cancelled', closureReason: 'user_cancelled' });
    this.listed.push(order);
  }

  #signatureProblem(signatureTime: number, keyReadAt: number): string | undefined {
    const ageMs = Math.abs(this.#options.kernel.now() - signatureTime);
    if (ageMs > signatureWindowMs) return 'EXPIRED_TIMESTAMP';
    return keyReadAt < this.refusesKeysBefore ? 'AUTH_FAILED' : undefined;
  }

  #fundsNeeded({ marketId, quantity, limitPrice }: OrderRequest): bigint {
    return limitPrice === undefined ? this.market(marketId).book.costOf(quantity) : quantity * limitPrice;
  }

  #isDuplicate(order: OrderRequest): boolean {
    const { deduplication } = this.#options;
    if (deduplication === 'none') return false;
    const same = this.ordersOf(order.clientOrderId);
    return deduplication === 'all' ? same.length > 0 : same.some((one) => one.remaining > 0n);
  }

  #take(order: OrderRequest, isOurs: boolean): OrderAtExchange {
    const { kernel, journal, random, faults, showsClientIds } = this.#options;
    const taken = new OrderAtExchange({
      exchangeOrderId: `order_${this.listed.length + 1}`,
      clientOrderId: order.clientOrderId,
      marketId: order.marketId,
      quantity: order.quantity,
      limitPrice: order.limitPrice,
      timeInForce: order.timeInForce,
      submittedAt: kernel.now(),
      showsClientId: showsClientIds && !(isOurs && random.chance(faults.clientIdHidden)),
      showsCost: !random.chance(faults.costHidden),
    });
    this.listed.push(taken);
    if (isOurs) this.orders.push(taken);
    this.changes += 1;
    journal.write('exchange.taken', `${taken.terms.exchangeOrderId} ${order.clientOrderId}`);
    const lagMs = faults.admissionLagMs > 0 && random.chance(0.7) ? random.next() * faults.admissionLagMs : 0;
    if (lagMs === 0) this.#admit(taken);
    else kernel.schedule(lagMs, () => this.#admit(taken));
    return taken;
  }

  #admit(order: OrderAtExchange): void {
    const { kernel, random, faults, journal } = this.#options;
    journal.write('exchange.admitted', order.terms.exchangeOrderId);
    order.change({ at: kernel.now(), status: 'live' });
    this.changes += 1;
    if (random.chance(faults.rejectedAfterAcceptance)) {
      kernel.schedule(random.integer(1, 30_000), () => this.#end(order, 'rejected', 'risk_check_failed'));
    }
    if (random.chance(faults.expiry)) {
      kernel.schedule(random.integer(60_000, 1_800_000), () => this.#end(order, 'expired', 'time_in_force'));
    }
    if (faults.fillDelayMs === 0) this.#match(order);
    else kernel.schedule(random.next() * faults.fillDelayMs, () => this.#match(order));
  }

  #match(order: OrderAtExchange): void {
    if (!order.isLive) return;
    const { random, faults } = this.#options;
    const { book } = this.market(order.terms.marketId);
    if (random.chance(faults.bookMoves)) book.take(BigInt(random.integer(1, 8)), undefined);
    for (const fill of book.bid(order)) this.#fill(fill);
    if (order.terms.limitPrice === undefined) this.#end(order, 'cancelled', outOfUnits);
    else if (order.terms.timeInForce === 'ioc') this.#end(order, 'cancelled', 'immediate_or_cancel');
  }

  #end(order: OrderAtExchange, status: 'cancelled' | 'rejected' | 'expired', closureReason: string): void {
    if (!order.isLive) return;
    // An order of which something is filled can no longer be rejected.
    const ending = status === 'rejected' && order.filled > 0n ? 'cancelled' : status;
    order.change({ at: this.#options.kernel.now(), status: ending, closureReason });
    this.changes += 1;
    this.#options.journal.write(`exchange.${ending}`, order.terms.exchangeOrderId);
  }

  /** A fill that was on its way when the order was cancelled. */
  #fillLate(order: OrderAtExchange, quantity: bigint): void {
    const price = order.terms.limitPrice ?? this.market(order.terms.marketId).book.bestAsk;
    if (price !== undefined) this.#fill({ order, quantity, price });
  }

  #fill({ order, quantity, price }: Fill): void {
    const { kernel, random, faults, feeBasisPoints, journal } = this.#options;
    if (quantity === 0n || order.now === undefined) return;
    const gross = quantity * price;
    const fee = (gross * feeBasisPoints + basisPoints - 1n) / basisPoints;
    order.fill(kernel.now(), quantity, price, fee);
    this.#funds -= gross + fee;
    this.changes += 1;
    journal.write(
      'exchange.filled',
      `${order.terms.exchangeOrderId} ${order.filled}/${order.terms.quantity}`,
    );
    const { holdings } = this.market(order.terms.marketId);
    holdings.buy(kernel.now(), quantity);
    if (this.#options.unitsStayInTrading) return;
    kernel.schedule(random.next() * faults.transferDelayMs, () =>
      holdings.arrive(kernel.now(), holdings.leaveTrading(kernel.now(), quantity)),
    );
  }
}

function refuse(status: number, code: string): { kind: 'refused'; status: number; code: string } {
  return { kind: 'refused', status, code };
}
