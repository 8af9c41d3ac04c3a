import type { ExchangeView, Quote } from '../snapshot.ts';

/** The simulator's side: its book, and what became of the Units. */
export function Market({ exchange }: { readonly exchange: ExchangeView }) {
  const [nextLot] = exchange.lots;
  return (
    <section>
      <h2>The market of {exchange.symbol}</h2>
      {exchange.status === 'suspended' ? <p class="bad">Suspended</p> : null}
      <div class="book">
        <Side name="For sale" quotes={exchange.asks} />
        <Side name="Wanted" quotes={exchange.bids} />
      </div>
      <p class="faint">
        The application has used {exchange.consumed} Units; {exchange.expired} have expired unused, and{' '}
        {exchange.unmet} were asked for while there were none.
        {nextLot === undefined
          ? ''
          : ` The next lot, ${nextLot.remaining} Units, expires at ${new Date(nextLot.expiresAt).toLocaleTimeString()}.`}
      </p>
    </section>
  );
}

function Side({ name, quotes }: { readonly name: string; readonly quotes: readonly Quote[] }) {
  const most = Math.max(1, ...quotes.map(({ quantity }) => quantity));
  return (
    <table>
      <thead>
        <tr>
          <th>{name}</th>
          <th class="number">USD</th>
        </tr>
      </thead>
      <tbody>
        {quotes.length === 0 ? (
          <tr>
            <td class="faint">nobody</td>
            <td />
          </tr>
        ) : (
          quotes.map((quote) => (
            <tr key={`${quote.price} ${quote.ours}`}>
              <td>
                <i
                  class={`depth ${quote.ours ? 'ours' : ''}`}
                  style={{ width: `${(60 * quote.quantity) / most}%` }}
                />{' '}
                {quote.quantity}
                {quote.ours ? ' (ours)' : ''}
              </td>
              <td class="number">{quote.price}</td>
            </tr>
          ))
        )}
      </tbody>
    </table>
  );
}
