/** The time of a stack that is driven: the computer's until it is set for the first time, and then what it was set to. */
export class StackTime {
  #now: number | undefined;

  /** ms since the epoch */
  readonly now = (): number => this.#now ?? Date.now();

  set(now: number): void {
    this.#now = now;
  }
}
