import type { Destination } from './routes/router.ts';
import type { Simulator } from './simulator.ts';
import type { ReceivedRequest } from './wire/exchange-of-messages.ts';
import type { JournalEntry } from './wire/journal.ts';

/** One request on its way through the desk. */
export interface Visit {
  readonly simulator: Simulator;
  readonly request: ReceivedRequest;
  readonly destination: Destination;
  readonly entry: JournalEntry;
  readonly fingerprint: string;
}
