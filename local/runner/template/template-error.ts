/** The synthesized output holds something that cannot be run. The message names the place. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}
