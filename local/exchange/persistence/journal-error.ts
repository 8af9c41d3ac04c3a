/** A journal that cannot be continued. The message says why, and what a person can do about it. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(path: string, reason: string) {
    super(
      `The exchange cannot go on from ${path}: ${reason}\n` +
        'Delete the file to start a new exchange, together with all else that remembers the orders of this one.',
    );
  }
}
