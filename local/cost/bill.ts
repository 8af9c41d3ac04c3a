import { assumptions } from './assumptions.ts';
import type { Counts, Work } from './counts.ts';
import { add, decimal, divide, type Fraction, fraction, minimum, multiply } from './fraction.ts';
import { type PriceName, prices } from './prices.ts';

/** One line of the bill of a month. */
export interface BillLine {
  /** The service, and what of it. */
  readonly component: string;
  readonly part: string;
  readonly price: PriceName;
  /** How much of the price's unit. */
  readonly quantity: Fraction;
  readonly usd: Fraction;
}

const bytesPerGigabyte = fraction(1_000_000_000n);
const hours = fraction(assumptions.hoursPerMonth);

type Count = Exclude<keyof Work, 'runs'>;

/** What a month costs in which so many orders a day come through the API, each with one look at it afterwards. */
export function billOf(counts: Counts, ordersPerDay: bigint): readonly BillLine[] {
  const month = monthOf(counts, ordersPerDay);
  return [
    ...lambda(month),
    line('API Gateway', 'requests', 'apiRequest', multiply(month.orders, fraction(2n))),
    line('DynamoDB', 'reads', 'tableRead', month.sum('readUnits')),
    line('DynamoDB', 'writes', 'tableWrite', month.sum('writeUnits')),
    line('DynamoDB', 'storage', 'tableStorage', storedGigabytes(month)),
    line('DynamoDB', 'point-in-time recovery', 'tableBackup', storedGigabytes(month)),
    ...keys(month),
    ...logs(month),
    ...monitoring(month),
    line('Scheduler', 'invocations', 'schedule', month.checks),
    // Only what could not be done is put in a queue.
    line('SQS', 'messages', 'queueRequest', fraction(0n)),
    line('SNS', 'e-mails', 'topicEmail', fraction(assumptions.emails)),
    line('Data transfer', 'out', 'transferOut', transferredGigabytes(month)),
  ];
}

export function totalOf(lines: readonly BillLine[]): Fraction {
  return add(...lines.map(({ usd }) => usd));
}

interface Month {
  readonly counts: Counts;
  readonly ordersPerDay: bigint;
  readonly orders: Fraction;
  readonly checks: Fraction;
  /** How often each kind of work is done. */
  readonly times: Readonly<Record<keyof Counts['work'], Fraction>>;
  /** A count over all work of the month. */
  readonly sum: (name: Count) => Fraction;
}

function monthOf(counts: Counts, ordersPerDay: bigint): Month {
  const orders = multiply(fraction(ordersPerDay), divide(hours, fraction(24n)));
  const checks = divide(multiply(hours, fraction(60n)), of(counts.template.checkEveryMinutes));
  const times = {
    check: checks,
    place: orders,
    look: orders,
    settle: orders,
    watch: multiply(orders, fraction(assumptions.checksThatSeeAnOrder)),
  };
  const sum = (name: Count) =>
    add(...kindsOf(counts).map((kind) => multiply(times[kind], perRun(counts.work[kind], name))));
  return { counts, ordersPerDay, orders, checks, times, sum };
}

function kindsOf({ work }: Counts): readonly (keyof Counts['work'])[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema allows no other keys
  return Object.keys(work) as (keyof Counts['work'])[];
}

export function perRun(work: Work, name: Count): Fraction {
  return divide(of(work[name]), of(work.runs));
}

/** A number that was counted, exactly as it is written. */
function of(count: number): Fraction {
  return decimal(String(count));
}

function line(component: string, part: string, price: PriceName, quantity: Fraction): BillLine {
  const { usd, per } = prices[price];
  return {
    component,
    part,
    price,
    quantity,
    usd: divide(multiply(quantity, decimal(usd)), fraction(per)),
  };
}

/** The functions that such a month uses; orders that are settled and watched make its checks longer. */
function lambda(month: Month): readonly BillLine[] {
  const { checks, orders, counts, times } = month;
  const ofChecks = add(
    ...(['check', 'settle', 'watch'] as const).map((kind) =>
      multiply(times[kind], millisecondsOf(counts.work[kind])),
    ),
  );
  const ofCalls = (kind: 'place' | 'look') =>
    multiply(times[kind], add(millisecondsOf(counts.work[kind]), fraction(assumptions.coldStartMs)));
  return [
    ...functionLines('check-balances', checks, ofChecks, counts),
    ...functionLines('place-order', orders, ofCalls('place'), counts),
    ...functionLines('read-orders', orders, ofCalls('look'), counts),
  ];
}

function functionLines(
  name: string,
  invocations: Fraction,
  milliseconds: Fraction,
  { template }: Counts,
): readonly BillLine[] {
  const memory = divide(of(template.memoryMegabytes), fraction(1_024n));
  const gigabyteSeconds = multiply(memory, divide(milliseconds, fraction(1_000n)));
  return [
    line('Lambda', `${name}, invocations`, 'lambdaRequest', invocations),
    line('Lambda', `${name}, duration`, 'lambdaDuration', gigabyteSeconds),
  ];
}

/** As measured where everything answers at once, and the time for which the real ones let it wait. */
function millisecondsOf(work: Work): Fraction {
  return add(
    perRun(work, 'milliseconds'),
    multiply(perRun(work, 'exchangeRequests'), fraction(assumptions.exchangeRoundTripMs)),
    multiply(perRun(work, 'tableRequests'), fraction(assumptions.tableRoundTripMs)),
  );
}

/** How often a day what happens so often in a month. */
function daily(times: Fraction): Fraction {
  return divide(multiply(times, fraction(24n)), hours);
}

/** What is stored once as much is removed as is added. */
function storedGigabytes({ orders, checks, counts: { stored } }: Month): Fraction {
  const bytes = add(
    multiply(daily(orders), fraction(assumptions.orderDays), of(stored.order)),
    multiply(daily(checks), fraction(assumptions.decisionDays), of(stored.decision)),
    of(stored.rest),
  );
  return divide(bytes, bytesPerGigabyte);
}

/** The check's function reads the key every few minutes, a call of the API at most once; KMS is asked for it and the table. */
function keys({ checks, orders, counts: { template } }: Month): readonly BillLine[] {
  const kept = divide(multiply(hours, fraction(60n)), fraction(assumptions.keyKeptMinutes));
  const reads = add(minimum(checks, kept), orders);
  return [
    line('Secrets Manager', 'secret', 'secret', of(template.secrets)),
    line('Secrets Manager', 'reads', 'secretRequest', reads),
    line('KMS', 'keys', 'key', of(template.keys)),
    line('KMS', 'uses', 'keyRequest', multiply(add(reads, orders), fraction(2n))),
  ];
}

function logs(month: Month): readonly BillLine[] {
  const { checks, orders } = month;
  const invocations = add(checks, multiply(orders, fraction(2n)));
  const written = add(
    loggedBytes(month.sum('logBytes'), month.sum('logLines')),
    multiply(
      invocations,
      loggedBytes(fraction(assumptions.platformLogBytes), fraction(assumptions.platformLogLines)),
    ),
    multiply(orders, fraction(2n), loggedBytes(fraction(assumptions.accessLogBytes), fraction(1n))),
  );
  const gigabytes = divide(written, bytesPerGigabyte);
  const months = divide(fraction(assumptions.logDays * 24n), hours);
  return [
    line('CloudWatch', 'logs, written', 'logIngestion', gigabytes),
    line('CloudWatch', 'logs, kept', 'logStorage', multiply(gigabytes, months)),
  ];
}

function loggedBytes(bytes: Fraction, lines: Fraction): Fraction {
  return add(bytes, multiply(lines, fraction(assumptions.bytesPerLogLine)));
}

function monitoring({ counts, ordersPerDay }: Month): readonly BillLine[] {
  const { metrics, template } = counts;
  // A metric is paid for by the hour in which it has values.
  const share = minimum(fraction(1n), fraction(ordersPerDay, 24n));
  return [
    line('CloudWatch', 'metrics of checks', 'metric', add(of(metrics.ofInstrument), of(metrics.ofStage))),
    line('CloudWatch', 'metrics of orders', 'metric', multiply(of(metrics.ofOrders), share)),
    line('CloudWatch', 'alarms', 'alarmMetric', of(template.alarmMetrics)),
    line('CloudWatch', 'dashboard', 'dashboard', of(template.dashboards)),
  ];
}

function transferredGigabytes({ sum, orders }: { readonly sum: Month['sum']; readonly orders: Fraction }) {
  const bytes = add(
    multiply(sum('exchangeRequests'), fraction(assumptions.bytesPerExchangeRequest)),
    multiply(orders, fraction(2n * assumptions.bytesPerAnswer)),
  );
  return divide(bytes, bytesPerGigabyte);
}

/** What the metrics of the checks cost in log lines, USD a month. */
export function metricLogUsd(counts: Counts): Fraction {
  const { metricLines } = counts;
  const { checks } = monthOf(counts, 0n);
  const perCheck = divide(
    loggedBytes(of(metricLines.logBytes), of(metricLines.logLines)),
    of(metricLines.runs),
  );
  const gigabytes = divide(multiply(checks, perCheck), bytesPerGigabyte);
  return line('CloudWatch', 'logs', 'logIngestion', gigabytes).usd;
}
