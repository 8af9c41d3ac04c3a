import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../simulator.ts';
import type { SimulatorHolder } from '../simulator-holder.ts';
import { completeFacts, type GivenFacts, type Means, type StartFacts } from '../start-facts.ts';
import { decodePublicKey } from '../wire/keys.ts';
import { contradictionsOf } from './contradictions.ts';
import { JournalError } from './journal-error.ts';
import { JournalFile } from './journal-file.ts';
import type { Header } from './journal-lines.ts';
import { Keeper } from './keeper.ts';
import { takeLock } from './lock-file.ts';
import { type ParsedJournal, parseJournal } from './parse-journal.ts';

/**
 * A simulator that outlives the process: every input is written to a journal before it is carried out, and the
 * next start repeats the journal. A simulator is a function of its start, its inputs and their times, so nothing
 * else need be kept.
 *
 * @throws JournalError when the journal cannot be continued
 * @throws Error when another process uses the directory
 */
export function holdInDirectory(
  directory: string,
  given: GivenFacts,
  means: Means,
  log: (line: string) => void,
): SimulatorHolder {
  mkdirSync(directory, { recursive: true });
  const unlock = takeLock(join(directory, 'exchange.lock'));
  try {
    return holdLocked(join(directory, 'exchange.jsonl'), given, means, log, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function holdLocked(
  path: string,
  given: GivenFacts,
  means: Means,
  log: (line: string) => void,
  unlock: () => void,
): SimulatorHolder {
  const file = new JournalFile(path);
  try {
    const kept = readJournal(file, log);
    const facts = factsOf(path, given, kept?.header);
    const keeper = new Keeper(file, facts, means, kept);
    registerKeys(keeper.current(), facts.publicKeys);
    const close = () => {
      file.close();
      unlock();
    };
    return { current: () => keeper.current(), reset: (seed) => keeper.reset(seed), close };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readJournal(file: JournalFile, log: (line: string) => void): ParsedJournal | undefined {
  const { lines, torn } = file.read();
  if (torn) log(`${file.path}: the last line was never finished, so it was dropped`);
  return parseJournal(file.path, lines);
}

/** The facts of the first start hold; keys that were not known then join them. */
function factsOf(path: string, given: GivenFacts, kept: Header | undefined): StartFacts {
  if (kept === undefined) return completeFacts(given);
  const [contradiction] = contradictionsOf(given, kept.start);
  if (contradiction !== undefined) {
    throw new JournalError(path, `${contradiction} Leave that option out, or choose another data directory.`);
  }
  return { ...kept.start, publicKeys: [...new Set([...kept.start.publicKeys, ...(given.publicKeys ?? [])])] };
}

/** A key that is known stays as it is: a restart must not bring a revoked one back. */
function registerKeys(simulator: Simulator, publicKeys: readonly string[]): void {
  for (const publicKey of publicKeys) {
    const bytes = decodePublicKey(publicKey);
    if (bytes === undefined || simulator.keys.knows(bytes)) continue;
    simulator.record({ kind: 'admin', operation: 'addKey', input: { publicKey } });
    simulator.keys.register(bytes);
  }
}
