import { type Administration, AdminRefusal, createAdministration } from '../admin/administration.ts';
import { carryOut } from '../routes/carry-out.ts';
import { handlerOf } from '../routes/router.ts';
import type { Simulator } from '../simulator.ts';
import type { RequestInput } from './input.ts';
import { JournalError } from './journal-error.ts';
import type { Entry } from './journal-lines.ts';
import type { ParsedJournal } from './parse-journal.ts';
import { summarize } from './summarize.ts';

/**
 * Repeats everything that a journal holds, each input at its own moment of market time, and then lets time go on
 * as it did. The simulator must be in its first state, with a clock that stands still at the start of the journal.
 *
 * @throws JournalError when the repetition does not go the way that the journal tells
 */
export function replay(path: string, { header, entries }: ParsedJournal, simulator: Simulator): void {
  const admin = createAdministration({
    current: () => simulator,
    reset: () => undefined,
    timeChanged: () => undefined,
  });
  let time = header.clock;
  for (const [index, entry] of entries.entries()) {
    try {
      repeat(simulator, admin, entry);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new JournalError(path, `line ${index + 2} cannot be repeated (${reason}).`);
    }
    if (entry.kind === 'clock') time = entry.clock;
  }
  simulator.clock.resume(time);
  simulator.exchange.advance();
}

function repeat(simulator: Simulator, admin: Administration, entry: Entry): void {
  const { clock, exchange } = simulator;
  if (entry.at < exchange.now) throw new Error('it is older than the line before it');
  clock.advance(entry.at - clock.now());
  exchange.advance();
  const present = summarize(exchange);
  if (present !== entry.before) throw new Error(`${entry.before} expected, ${present} found`);
  if (entry.kind === 'request') repeatRequest(simulator, entry);
  else if (entry.kind === 'admin') repeatChange(admin, entry);
}

function repeatRequest(
  simulator: Simulator,
  { endpoint, id, query, contentType, body, due }: RequestInput,
): void {
  const headers = contentType === null ? {} : { 'content-type': contentType };
  const destination = { handler: handlerOf(endpoint), id };
  const again = () => carryOut(simulator, destination, { query, headers, body: Buffer.from(body) });
  if (due === null) again();
  else simulator.exchange.plan(due, again);
}

function repeatChange(admin: Administration, { operation, input }: Extract<Entry, { kind: 'admin' }>): void {
  try {
    admin[operation].accept(input);
  } catch (error) {
    // It was written down before it was tried, and was refused the first time as well.
    if (!(error instanceof AdminRefusal)) throw error;
  }
}
