/** What was found about one thing that has to be right. */
export interface Finding {
  /** What was looked at: a stable word for programs. */
  readonly name: string;
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly found: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly todo?: string;
}

export function ok(name: string, found: string): Finding {
  return { name, level: 'ok', found };
}

export function warn(name: string, found: string, todo: string): Finding {
  return { name, level: 'warn', found, todo };
}

export function fail(name: string, found: string, todo: string): Finding {
  return { name, level: 'fail', found, todo };
}
