import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';

const NEWLINE = 0x0a;

/** Lines of JSON in a file that only ever grows, until it is started anew. */
export class JournalFile {
  readonly path: string;
  readonly #descriptor: number;
  #size = 0;
  #closed = false;

  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, 'a+');
  }

  /** Reads all lines. A last line that was never finished is cut off, and `torn` is true. */
  read(): { readonly lines: readonly string[]; readonly torn: boolean } {
    const bytes = readFileSync(this.#descriptor);
    this.#size = bytes.lastIndexOf(NEWLINE) + 1;
    const torn = bytes.length > this.#size;
    if (torn) ftruncateSync(this.#descriptor, this.#size);
    const lines = bytes.subarray(0, this.#size).toString('utf8').split('\n').slice(0, -1);
    return { lines, torn };
  }

  /** Adds a line. It is with the operating system when this returns, so it outlives the process. */
  append(line: unknown): void {
    this.#refuseClosed();
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      appendFileSync(this.#descriptor, bytes);
      this.#size += bytes.length;
    } catch (error) {
      // Half a line, of a full disk for example, must not end up in front of the next one.
      ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
  }

  /** Forgets every line, and starts anew with this one. */
  startAnew(line: unknown): void {
    this.#refuseClosed();
    ftruncateSync(this.#descriptor, 0);
    this.#size = 0;
    this.append(line);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  /** The number of a closed descriptor may be that of another file by now. */
  #refuseClosed(): void {
    if (this.#closed) throw new Error('The exchange is stopped.');
  }
}
