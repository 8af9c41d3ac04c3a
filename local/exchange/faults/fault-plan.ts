import type { Random } from '../random.ts';
import type { Endpoint, Fault } from './fault-schema.ts';

/** A fault that was asked for, with what became of it. */
interface PlannedFault {
  readonly id: number;
  readonly fault: Fault;
  /** Matching calls since it was added. */
  calls: number;
  /** How often it struck. */
  struck: number;
}

function covers(pattern: string, endpoint: Endpoint): boolean {
  if (pattern === '*' || pattern === endpoint) return true;
  return pattern.endsWith(' *') && endpoint.startsWith(pattern.slice(0, -1));
}

/** The faults that are waiting to happen, each counting its own calls. */
export class FaultPlan {
  readonly #random: Random;
  #planned: PlannedFault[] = [];
  #lastId = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  add(fault: Fault): number {
    this.#lastId += 1;
    this.#planned.push({ id: this.#lastId, fault, calls: 0, struck: 0 });
    return this.#lastId;
  }

  clear(): void {
    this.#planned = [];
  }

  all(): readonly Readonly<PlannedFault>[] {
    return this.#planned;
  }

  /**
   * Counts a call, and picks the fault that strikes it. Every matching fault counts the call; the one that
   * was added first strikes, so two faults for "the next call" happen one after the other.
   */
  strike(endpoint: Endpoint): Fault | undefined {
    let striking: PlannedFault | undefined;
    for (const planned of this.#planned) {
      if (!covers(planned.fault.endpoint, endpoint)) continue;
      planned.calls += 1;
      if (striking === undefined && this.#isDue(planned)) striking = planned;
    }
    if (striking !== undefined) striking.struck += 1;
    return striking?.fault;
  }

  #isDue({ fault: { when }, calls, struck }: PlannedFault): boolean {
    if ('call' in when) return calls === when.call;
    if ('next' in when) return struck < when.next;
    if ('probability' in when) return this.#random.fraction() < when.probability;
    return true;
  }
}
