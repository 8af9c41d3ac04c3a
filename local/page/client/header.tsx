import type { Snapshot } from '../snapshot.ts';
import type { Press } from './page.tsx';

const stopTexts: Readonly<Record<string, string>> = {
  BREAKER: 'Stopped: the breaker is open',
  PAUSED: 'Paused',
  DRY_RUN: 'Dry run: nothing is sent',
};

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly press: Press;
  readonly isConnected: boolean;
}

/** Whether anything is bought, and the switch. */
export function Header({ snapshot, press, isConnected }: HeaderProps) {
  const { status } = snapshot;
  const stoppedBy = status?.stoppedBy ?? null;
  return (
    <header>
      <div>
        <h1>grid-buyer</h1>
        <p class="faint">
          stage {status?.stage ?? '…'} on this machine, with a simulated exchange. API {snapshot.apiUrl},{' '}
          <a href="/openapi.json">openapi.json</a>
        </p>
      </div>
      <div class="state">
        <span class={`badge ${stoppedBy === null ? 'good' : 'bad'}`}>
          {isConnected ? (stoppedBy === null ? 'Live' : stopTexts[stoppedBy]) : 'No connection'}
        </span>
        {stoppedBy === null ? (
          <button type="button" class="danger" onClick={() => press({ action: 'stop' })}>
            Stop all buying
          </button>
        ) : (
          <button type="button" onClick={() => press({ action: 'resume' })}>
            Resume
          </button>
        )}
      </div>
      {status?.breaker == null ? null : (
        <p class="why">
          Since {new Date(status.breaker.since).toLocaleTimeString()}: {status.breaker.reason}
          {status.breaker.note === null ? '' : `, ${status.breaker.note}`}. Settling of orders goes on.
        </p>
      )}
    </header>
  );
}
