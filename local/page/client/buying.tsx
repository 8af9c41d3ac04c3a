import { useState } from 'preact/hooks';
import type { Snapshot } from '../snapshot.ts';
import type { Press } from './page.tsx';

interface ControlsProps {
  readonly snapshot: Snapshot;
  readonly press: Press;
  readonly isBusy: boolean;
}

const rates = ['0', '0.5', '1.5', '5', '20'];

/** What an application and its owner do. */
export function Buying({ snapshot, press, isBusy }: ControlsProps) {
  const { symbol, unitsPerMinute } = snapshot.exchange;
  const [quantity, setQuantity] = useState('1');
  const [price, setPrice] = useState('');
  const buy = (event: Event) => {
    event.preventDefault();
    press({ action: 'buy', quantity: Number(quantity), ...(price === '' ? {} : { price }) });
  };
  return (
    <section>
      <h2>Use it</h2>
      <form class="controls" onSubmit={buy}>
        <label>
          Units of {symbol}
          <input
            type="number"
            min="1"
            step="1"
            required
            value={quantity}
            onInput={(event) => setQuantity(event.currentTarget.value)}
          />
        </label>
        <label>
          at no more than
          <input
            inputMode="decimal"
            placeholder="market"
            pattern="\d+(\.\d+)?"
            title="USD, such as 2.50; empty for a market order"
            value={price}
            onInput={(event) => setPrice(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="main" disabled={isBusy}>
          Buy
        </button>
        <button type="button" disabled={isBusy} onClick={() => press({ action: 'repeat' })}>
          Send it again, same key
        </button>
        <button type="button" disabled={isBusy} onClick={() => press({ action: 'check' })}>
          Check balances now
        </button>
      </form>
      <p class="controls">
        <label>
          The application uses
          <select
            value={unitsPerMinute}
            onChange={(event) => press({ action: 'burn', unitsPerMinute: event.currentTarget.value })}
          >
            {[...new Set([...rates, unitsPerMinute])].map((rate) => (
              <option key={rate} value={rate}>
                {rate} Units a minute
              </option>
            ))}
          </select>
        </label>
      </p>
    </section>
  );
}
