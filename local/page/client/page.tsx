import { useCallback, useState } from 'preact/hooks';
import * as v from 'valibot';
import type { Action, ActionResult } from '../actions.ts';
import type { Snapshot } from '../snapshot.ts';
import { Breaking } from './breaking.tsx';
import { Buying } from './buying.tsx';
import { Figures } from './figures.tsx';
import { Header } from './header.tsx';
import { Market } from './market.tsx';
import { Orders } from './orders.tsx';
import { Plots } from './plots.tsx';

/** Does what a button asks for. */
export type Press = (action: Action) => void;

const resultSchema = v.object({ ok: v.boolean(), says: v.string() });

async function send(action: Action): Promise<ActionResult> {
  const response = await fetch('/actions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  });
  return v.parse(resultSchema, await response.json());
}

const noAnswer = { ok: false, says: 'The service does not answer. Does `npm start` still run?' };

/** Everything, for a moment. */
export function Page({
  snapshot,
  isConnected,
}: {
  readonly snapshot: Snapshot;
  readonly isConnected: boolean;
}) {
  const [result, setResult] = useState<ActionResult>();
  const [isBusy, setBusy] = useState(false);
  const press = useCallback((action: Action) => {
    async function run() {
      setBusy(true);
      setResult(undefined);
      setResult(await send(action).catch(() => noAnswer));
      setBusy(false);
    }
    void run();
  }, []);
  const props = { snapshot, press, isBusy };
  return (
    <>
      <Header snapshot={snapshot} press={press} isConnected={isConnected} />
      <Figures snapshot={snapshot} />
      <Plots samples={snapshot.samples} />
      <p class={`result ${result === undefined ? '' : result.ok ? 'good' : 'bad'}`} role="status">
        {isBusy ? 'Asking …' : (result?.says ?? 'Press a button to see what happens.')}
      </p>
      <div class="two">
        <Buying {...props} />
        <Breaking {...props} />
      </div>
      <Orders snapshot={snapshot} press={press} />
      <div class="two">
        <Market exchange={snapshot.exchange} />
        <Happenings snapshot={snapshot} />
      </div>
    </>
  );
}

function Happenings({ snapshot }: { readonly snapshot: Snapshot }) {
  return (
    <section>
      <h2>What happens</h2>
      <ol class="happenings">
        {snapshot.happenings.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <time>{new Date(at).toLocaleTimeString()}</time> {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
