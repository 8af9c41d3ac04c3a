import { formatUsd, parseDecimal } from '../../shared/ledger/decimal.ts';
import type { Budget, Decision, Instrument, Status } from '../api/answers.ts';
import { grouped, usd } from '../output/amounts.ts';
import { bar } from '../output/bar.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import { fields, wrap } from '../output/text.ts';
import { ago, duration, fullTime, timeOfDay } from '../output/times.ts';
import type { RaisedAlarm } from '../target/target.ts';
import { drawCharts } from './chart-screen.ts';
import { orderTable } from './order-table.ts';

/** Everything that the screen shows. */
export interface StatusScreen {
  /** Where it runs, in words. */
  readonly target: string;
  readonly status: Status;
  /** Undefined where there are none, as on a laptop, or where they could not be read. */
  readonly alarms?: readonly RaisedAlarm[] | undefined;
  readonly alarmsNotRead?: string;
  /** The last decisions of each instrument, to be drawn; or why there are none. */
  readonly drawn?: readonly (readonly Decision[])[];
  readonly notDrawn?: string;
}

/** Checks come every minute or so; what is older than this is worth a look. */
const lateAfterMs = 5 * 60_000;
/** Above this share of a cap there is not much left. */
const nearlyUsed = 0.8;
/** What text is broken to where no terminal limits it. */
const readableWidth = 100;

/** The stage on one screen. */
export function drawStatus(screen: StatusScreen, look: Look): string {
  const { status } = screen;
  const sections = [
    heading(screen, look),
    fields([buying(status, look), checked(status, look), ...money(status)], look.columns, look.paint.dim),
    instruments(status, look),
    decisions(status, look),
    spending(status, look),
    openOrders(status, look),
    alarms(screen, look),
    charts(screen, look),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function heading({ target, status }: StatusScreen, look: Look): string {
  const { paint } = look;
  const time = fullTime(look, status.time);
  const words = target.charAt(0).toUpperCase() + target.slice(1);
  const width = Number.isFinite(look.columns) ? Math.min(look.columns, readableWidth) : 0;
  const space = ' '.repeat(Math.max(2, width - words.length - time.length));
  return `${paint.bold(words)}${space}${paint.dim(time)}`;
}

type Entry = readonly [name: string, value: string];

function buying({ mode, settingsReason, stoppedBy, breaker }: Status, look: Look): Entry {
  const { paint } = look;
  const why = settingsReason === null ? '' : ` (${settingsReason})`;
  if (stoppedBy === null) return ['Buying', `${paint.green('●')} on: the mode is ${mode}${why}`];
  const off =
    mode === 'SETTINGS_UNUSABLE' ? 'the settings cannot be understood' : `the mode is ${mode}${why}`;
  if (breaker === null) return ['Buying', `${paint.yellow('●')} off: ${off}`];
  const facts = [
    `since ${fullTime(look, breaker.since)}`,
    ...(breaker.note === null ? [] : [`"${breaker.note}"`]),
    ...(breaker.reference === null ? [] : [breaker.reference]),
    ...(mode === 'LIVE' ? [] : [`and ${off}`]),
  ];
  return ['Buying', `${paint.red('●')} STOPPED: ${breaker.reason}\n${facts.join('\n')}`];
}

function checked({ checkedAt, time }: Status, look: Look): Entry {
  const { paint } = look;
  if (checkedAt === null) return ['Checked', paint.yellow('never: grid-buyer check has the balances read')];
  const at = () => Date.parse(time);
  const words = `${ago({ now: at }, checkedAt)}, at ${timeOfDay(look, checkedAt)}`;
  return ['Checked', at() - Date.parse(checkedAt) > lateAfterMs ? paint.yellow(words) : words];
}

function money({ currency }: Status): readonly Entry[] {
  return currency.map(({ currency: name, available, locked }) => [
    name,
    `${grouped(available)} available${locked === '0.00' ? '' : `, ${grouped(locked)} held for open orders`}`,
  ]);
}

function instruments({ instruments: rows, time }: Status, look: Look): string {
  return table<Instrument>(
    rows,
    [
      { title: 'INSTRUMENT', cell: ({ symbol }) => symbol, paint: look.paint.bold },
      { title: 'USABLE', align: 'right', cell: ({ usable }) => orDash(usable) },
      { title: 'INCOMING', align: 'right', cell: ({ decision }) => orDash(decision?.incoming) },
      { title: 'IN TRADING', align: 'right', cell: ({ inTrading }) => orDash(inTrading), dropFirst: 3 },
      { title: 'COVER', align: 'right', cell: coverOf },
      { title: 'BEST ASK', align: 'right', cell: (row) => askOf(row, time), dropFirst: 2 },
      { title: 'AT MOST', align: 'right', cell: ({ maximumPrice }) => maximumPrice, dropFirst: 4 },
      { title: 'TOP-UP', cell: ({ policy }) => policy ?? 'none', dropFirst: 1 },
      { title: '', cell: ({ paused }) => (paused ? 'PAUSED' : ''), paint: look.paint.yellow },
    ],
    look,
  );
}

/** Books are read in turn while nothing depends on them: of one that is not new it is said how old it is. */
function askOf({ decision }: Instrument, time: string): string {
  const ask = orDash(decision?.bestAsk);
  const ageMs = Date.parse(time) - Date.parse(decision?.bookReadAt ?? time);
  if (decision?.bestAsk === null || ageMs <= lateAfterMs) return ask;
  return `${ask}, ${duration(Math.round(ageMs / 60_000) * 60_000)} ago`;
}

function coverOf({ decision }: Instrument): string {
  const minutes = decision?.coverMinutes ?? undefined;
  return minutes === undefined
    ? '-'
    : duration(minutes < 10 ? minutes * 60_000 : Math.round(minutes) * 60_000);
}

/** What was decided last, in words: the sentence is what tells why it does, or does not, buy. */
function decisions({ instruments: rows }: Status, look: Look): string {
  const width = Math.min(look.columns, readableWidth) - 2;
  return rows
    .flatMap(({ symbol, decision }) => {
      if (decision === null) return [];
      const what = `${symbol}: ${decision.words}`;
      return wrap(what, width).map((line, index) => (index === 0 ? line : `  ${line}`));
    })
    .map(look.paint.dim)
    .join('\n');
}

function spending({ budgets, limits, ordersThisHour }: Status, look: Look): string {
  const hour = { name: 'orders this hour', used: String(ordersThisHour), cap: String(limits.ordersPerHour) };
  const rows = [
    spentRow('today (UTC)', budgets.day),
    spentRow('this month (UTC)', budgets.month),
    { ...hour, share: shareOf(BigInt(ordersThisHour), BigInt(limits.ordersPerHour)), reserved: '' },
  ];
  return table(
    rows,
    [
      { title: 'SPENDING', cell: ({ name }) => name },
      { title: 'USED', align: 'right', cell: ({ used }) => used },
      { title: 'OF THAT HELD', align: 'right', cell: ({ reserved }) => reserved, dropFirst: 2 },
      { title: 'CAP', align: 'right', cell: ({ cap }) => cap },
      {
        title: '',
        cell: ({ share }) => `${bar(share, 20)} ${Math.round(share * 100)} %`,
        paint: (text, { share }) =>
          share >= 1 ? look.paint.red(text) : share >= nearlyUsed ? look.paint.yellow(text) : text,
        dropFirst: 1,
      },
    ],
    look,
  );
}

function spentRow(name: string, { cap, spent, reserved }: Budget) {
  const used = exact(spent) + exact(reserved);
  return {
    name,
    used: usd(formatUsd(used)),
    reserved: usd(reserved),
    cap: usd(cap),
    share: shareOf(used, exact(cap)),
  };
}

function exact(amount: string): bigint {
  return parseDecimal(amount) ?? 0n;
}

/** For a picture only. */
function shareOf(used: bigint, cap: bigint): number {
  return cap === 0n ? 1 : Number((used * 10_000n) / cap) / 10_000;
}

function openOrders({ openOrders: rows, openOrderCount }: Status, look: Look): string {
  const { paint } = look;
  const hidden = openOrderCount - rows.length;
  const title = `${paint.bold('Open orders')} ${openOrderCount === 0 ? 'none' : openOrderCount}`;
  const note = hidden === 0 ? '' : paint.dim(` (${hidden} of others, which your credentials do not show)`);
  return rows.length === 0 ? `${title}${note}` : `${title}${note}\n${orderTable(rows, look)}`;
}

function alarms({ alarms: raised, alarmsNotRead }: StatusScreen, look: Look): string {
  const { paint } = look;
  const title = paint.bold('Alarms');
  if (alarmsNotRead !== undefined) return `${title} ${paint.yellow(`not read: ${alarmsNotRead}`)}`;
  if (raised === undefined) return `${title} ${paint.dim('none on a laptop: CloudWatch has them')}`;
  if (raised.length === 0) return `${title} ${paint.green('none')}`;
  const width = Math.min(look.columns, readableWidth) - 2;
  const lines = raised.flatMap(({ name, since, description }) => [
    `${paint.red('●')} ${paint.bold(name)}${since === null ? '' : paint.dim(` since ${fullTime(look, since)}`)}`,
    ...wrap(description, width).map((line) => `  ${line}`),
  ]);
  return [`${title} ${raised.length}`, ...lines].join('\n');
}

/** Last, for on a small terminal it is what can be done without. */
function charts({ drawn = [], notDrawn }: StatusScreen, look: Look): string {
  return notDrawn === undefined ? drawCharts(drawn, look) : look.paint.yellow(`Charts: ${notDrawn}`);
}

function orDash(amount: string | null | undefined): string {
  return amount === null || amount === undefined ? '-' : grouped(amount);
}
