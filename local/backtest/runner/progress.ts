const barWidth = 30;

/** Where progress goes: `process.stderr`, or what a test gives. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal, and nothing anywhere else. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #total: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #done = 0;

  /** @param now ms */
  constructor(terminal: Terminal, total: number, now: () => number) {
    this.#terminal = terminal;
    this.#total = total;
    this.#now = now;
    this.#startedAt = now();
    this.#show();
  }

  advance(): void {
    this.#done += 1;
    this.#show();
  }

  /** Takes the bar away. */
  clear(): void {
    this.#write('\r\u001b[K');
  }

  #show(): void {
    const share = this.#total === 0 ? 1 : this.#done / this.#total;
    const filled = Math.round(share * barWidth);
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
    this.#write(`\r${bar} ${this.#done} of ${this.#total}${this.#remaining(share)}\u001b[K`);
  }

  #remaining(share: number): string {
    if (this.#done === 0) return '';
    const seconds = ((this.#now() - this.#startedAt) / 1000) * (1 / share - 1);
    return `, about ${Math.ceil(seconds)} s left`;
  }

  #write(text: string): void {
    if (this.#terminal.isTTY === true) this.#terminal.write(text);
  }
}
