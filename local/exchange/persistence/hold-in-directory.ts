import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ClockSetting, createMarketClock } from '../clock.ts';
import { createSimulator, type RecordInput, type Simulator } from '../simulator.ts';
import type { SimulatorHolder } from '../simulator-holder.ts';
import {
  completeFacts,
  type GivenFacts,
  type Means,
  type StartFacts,
  simulatorStart,
} from '../start-facts.ts';
import { decodePublicKey } from '../wire/keys.ts';
import { contradictionsOf } from './contradictions.ts';
import { JournalError } from './journal-error.ts';
import { JournalFile } from './journal-file.ts';
import { type Entry, type Header, VERSION } from './journal-lines.ts';
import { takeLock } from './lock-file.ts';
import { type ParsedJournal, parseJournal } from './parse-journal.ts';
import { replay } from './replay.ts';
import { summarize } from './summarize.ts';

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
  const file = new JournalFile(join(directory, 'exchange.jsonl'));
  const close = () => {
    file.close();
    unlock();
  };
  try {
    const kept = readJournal(file, log);
    const facts = factsOf(file.path, given, kept?.header);
    const holder = new Keeper(file, facts, means, kept);
    registerKeys(holder.current(), facts.publicKeys);
    return { current: () => holder.current(), reset: (seed) => holder.reset(seed), close };
  } catch (error) {
    close();
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

class Keeper {
  readonly #file: JournalFile;
  readonly #facts: StartFacts;
  readonly #means: Means;
  #simulator: Simulator;
  /** What is repeated is in the journal already. */
  #recording = false;

  constructor(file: JournalFile, facts: StartFacts, means: Means, kept: ParsedJournal | undefined) {
    this.#file = file;
    this.#facts = facts;
    this.#means = means;
    this.#simulator = kept === undefined ? this.#begin(facts.seed) : this.#goOn(kept);
    this.#recording = true;
  }

  current(): Simulator {
    return this.#simulator;
  }

  reset(seed = this.#facts.seed): void {
    this.#simulator = this.#begin(seed);
  }

  #begin(seed: number): Simulator {
    const simulator = this.#create(this.#facts, seed, this.#facts.clock);
    const { clock, exchange } = simulator;
    const header: Header = {
      version: VERSION,
      start: { ...this.#facts, publicKeys: [...this.#facts.publicKeys] },
      seed,
      at: exchange.now,
      clock: clock.state(),
    };
    this.#file.startAnew(header);
    return simulator;
  }

  #goOn(kept: ParsedJournal): Simulator {
    const { at, seed, start } = kept.header;
    const simulator = this.#create(start, seed, { mode: 'stepped', startAt: new Date(at).toISOString() });
    replay(this.#file.path, kept, simulator);
    return simulator;
  }

  #create(facts: StartFacts, seed: number, setting: ClockSetting): Simulator {
    const start = { ...simulatorStart(facts, this.#means), seed };
    return createSimulator(start, createMarketClock(setting, this.#means.wallClock), this.#record);
  }

  readonly #record: RecordInput = (input, exchange) => {
    if (!this.#recording) return;
    const entry: Entry = { ...input, at: exchange.now, before: summarize(exchange) };
    this.#file.append(entry);
  };
}
