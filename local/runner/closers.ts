type Close = () => Promise<void> | void;

/** Remembers how to undo what was started, and undoes it in the opposite order. */
export class Closers {
  readonly #list: Close[] = [];

  add(close: Close): void {
    this.#list.push(close);
  }

  /** Closes everything, also when something cannot be closed. @throws the first failure, at the end */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#list.pop(); close !== undefined; close = this.#list.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
