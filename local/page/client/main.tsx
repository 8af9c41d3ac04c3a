import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Snapshot } from '../snapshot.ts';
import { Page } from './page.tsx';

/** The newest snapshot; undefined until the first, and whether the service still sends them. */
function useSnapshots(): { readonly snapshot: Snapshot | undefined; readonly isConnected: boolean } {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    const source = new EventSource('/snapshots');
    source.onmessage = (event: MessageEvent<string>) => {
      setSnapshot(JSON.parse(event.data));
      setConnected(true);
    };
    // The browser tries again by itself.
    source.onerror = () => setConnected(false);
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
