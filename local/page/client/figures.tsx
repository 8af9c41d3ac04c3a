import type { ComponentChildren } from 'preact';
import type { Snapshot, StatusView } from '../snapshot.ts';

/** The numbers that matter, in tiles. */
export function Figures({ snapshot }: { readonly snapshot: Snapshot }) {
  const { status, exchange, comparison } = snapshot;
  if (status === undefined) return null;
  const usd = status.currency.find(({ currency }) => currency === 'USD');
  return (
    <div class="tiles">
      {status.instruments.map((one) => (
        <Instrument
          key={one.symbol}
          instrument={one}
          held={one.symbol === exchange.symbol ? exchange.held : undefined}
        />
      ))}
      <Budget name="Spent today" budget={status.budgets.day} />
      <Budget name="Spent this month" budget={status.budgets.month} />
      <Tile name="At the exchange" value={usd === undefined ? '…' : `${usd.available} USD`}>
        {usd === undefined ? 'before the first check' : `${usd.locked} USD held by open orders`}
      </Tile>
      <Tile
        name="Bought twice"
        value={String(comparison.duplicates)}
        kind={comparison.duplicates === 0 ? 'good' : 'bad'}
      >
        {comparison.accepted} orders in the exchange's books, {comparison.spentThere} USD with fees. In ours{' '}
        {status.budgets.month.spent} USD; a check settles the rest
      </Tile>
    </div>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly kind?: 'good' | 'bad';
  readonly children: ComponentChildren;
}

function Tile({ name, value, kind, children }: TileProps) {
  return (
    <section class="tile">
      <h2>{name}</h2>
      <p class={`value ${kind ?? ''}`}>{value}</p>
      <p class="faint">{children}</p>
    </section>
  );
}

interface InstrumentProps {
  readonly instrument: StatusView['instruments'][number];
  /** As it is now, where that is known. */
  readonly held: string | undefined;
}

function Instrument({ instrument, held }: InstrumentProps) {
  const { symbol, usable, decision, policy } = instrument;
  const units = held ?? usable;
  const cover = decision?.coverMinutes ?? null;
  return (
    <Tile name={symbol} value={units === null ? '…' : `${shortUnits(units)} Units`}>
      {cover === null ? '' : `lasts ${coverText(cover)}; `}
      {policy === null ? 'not topped up' : `topped up by ${policy}`}
      {decision === null ? '' : `: ${decision.words}`}
    </Tile>
  );
}

function Budget({ name, budget }: { readonly name: string; readonly budget: StatusView['budgets']['day'] }) {
  const share = (text: string): number =>
    Math.min(100, (100 * Number(text)) / Math.max(0.01, Number(budget.cap)));
  return (
    <Tile name={name} value={`${budget.spent} USD`}>
      <span class="bar" role="img" aria-label={`${Math.round(share(budget.spent))} % of the cap is spent`}>
        <i class="spent" style={{ width: `${share(budget.spent)}%` }} />
        <i class="reserved" style={{ width: `${share(budget.reserved)}%` }} />
      </span>
      {budget.reserved} USD reserved, {budget.available} USD left of {budget.cap} USD
    </Tile>
  );
}

/** For a look: two decimals of as many as there are. */
function shortUnits(units: string): string {
  return /^\d+(?:\.\d{1,2})?/.exec(units)?.[0] ?? units;
}

function coverText(minutes: number): string {
  return minutes >= 120 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes)} min`;
}
