/** What happened in a run: a digest of all of it, and on demand the lines themselves. */
export class Journal {
  readonly lines: string[] = [];
  readonly #keepsLines: boolean;
  readonly #now: () => number;
  #digest = 0x811c9dc5;

  constructor(now: () => number, keepsLines: boolean) {
    this.#now = now;
    this.#keepsLines = keepsLines;
  }

  /** The same for two runs that took the same course, and with near certainty only then. */
  get digest(): string {
    return (this.#digest >>> 0).toString(16).padStart(8, '0');
  }

  write(what: string, about = ''): void {
    const now = this.#now();
    this.#mix(now % 0x7fffffff);
    for (let index = 0; index < what.length; index += 1) this.#mix(what.charCodeAt(index));
    for (let index = 0; index < about.length; index += 1) this.#mix(about.charCodeAt(index));
    if (this.#keepsLines) this.lines.push(`${new Date(now).toISOString()}  ${what}  ${about}`);
  }

  #mix(word: number): void {
    this.#digest = Math.imul(this.#digest ^ word, 0x01000193);
    this.#digest ^= this.#digest >>> 15;
  }
}
