import type { BreakageName } from '../breakages.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Press } from './page.tsx';

const buttons: readonly (readonly [BreakageName, string])[] = [
  ['lose-answer', 'Lose the next answer'],
  ['freeze', 'Freeze the exchange'],
  ['refuse-key', 'Refuse the key'],
  ['empty-book', 'Empty the book'],
  ['use-up', 'Use all Units up'],
];

interface BreakingProps {
  readonly snapshot: Snapshot;
  readonly press: Press;
  readonly isBusy: boolean;
}

/** What goes wrong in a market, at the press of a button. */
export function Breaking({ snapshot, press, isBusy }: BreakingProps) {
  const { broken } = snapshot.exchange;
  return (
    <section>
      <h2>Break it</h2>
      <p class="controls">
        {buttons.map(([what, words]) => (
          <button
            key={what}
            type="button"
            class={broken.includes(what) ? 'danger' : ''}
            aria-pressed={broken.includes(what)}
            disabled={isBusy}
            onClick={() => press({ action: 'break', what })}
          >
            {words}
          </button>
        ))}
        <button
          type="button"
          class="main"
          disabled={broken.length === 0}
          onClick={() => press({ action: 'mend' })}
        >
          Mend everything
        </button>
      </p>
      <p class="faint">
        {broken.length === 0
          ? 'Nothing is broken. Whatever you break, nothing is bought twice and no cap is passed.'
          : 'Broken now. Buy, or wait for the next check, and watch the orders.'}
      </p>
    </section>
  );
}
