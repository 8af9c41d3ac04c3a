/**
 * Stands for a value that cannot be known here, in the place of the value.
 * It only becomes an error where something needs the value: a template is full of things that run nothing.
 */
export class Unresolvable {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
