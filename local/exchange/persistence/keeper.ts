import { type ClockSetting, createMarketClock } from '../clock.ts';
import { createSimulator, type RecordInput, type Simulator } from '../simulator.ts';
import { type Means, type StartFacts, simulatorStart } from '../start-facts.ts';
import type { JournalFile } from './journal-file.ts';
import { type Entry, type Header, VERSION } from './journal-lines.ts';
import type { ParsedJournal } from './parse-journal.ts';
import { replay } from './replay.ts';
import { summarize } from './summarize.ts';

/** Has a simulator whose inputs all end up in a journal, from the first one or from where the journal ended. */
export class Keeper {
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
