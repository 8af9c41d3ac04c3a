/** Something the person at the terminal can mend. */
export class KeyToolError extends Error {
  /** 2 for a wrong command line, 1 for everything else. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.name = 'KeyToolError';
    this.exitCode = exitCode;
  }
}
