/** Says everything that is wrong with the settings of stages. Its message is meant to be shown as it is. */
export class StageError extends Error {
  override readonly name = 'StageError';

  /**
   * @param subject what is wrong, such as a file's path
   * @param problems one line each
   */
  constructor(subject: string, problems: readonly string[]) {
    super([`${subject}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }

  /** What several say, in one. */
  static ofAll(errors: readonly StageError[]): StageError {
    const all = new StageError('', []);
    all.message = errors.map(({ message }) => message).join('\n');
    return all;
  }
}
