import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import type { Snapshot } from '../snapshot.ts';
import { Page } from './page.tsx';

/** The page and its server are one version: what the server sends has the shape that both know. */
const snapshotMessage = v.pipe(
  v.string(),
  v.parseJson(),
  v.custom<Snapshot>((value) => typeof value === 'object' && value !== null),
);

/** The newest snapshot; undefined until the first, and whether the service still sends them. */
function useSnapshots(): { readonly snapshot: Snapshot | undefined; readonly isConnected: boolean } {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const source = new EventSource('/snapshots');
    source.addEventListener('message', (event: MessageEvent<unknown>) => {
      setSnapshot(v.parse(snapshotMessage, event.data));
      setConnected(true);
    });
    // The browser tries again by itself.
    source.addEventListener('error', () => setConnected(false));
    return () => source.close();
  }, []);
  return { snapshot, isConnected };
}

function App() {
  const { snapshot, isConnected } = useSnapshots();
  if (snapshot === undefined) return <p class="faint">Connecting …</p>;
  return <Page snapshot={snapshot} isConnected={isConnected} />;
}

const root = document.getElementById('page');
if (root !== null) {
  root.textContent = '';
  render(<App />, root);
}
