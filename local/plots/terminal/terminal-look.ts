/** What a terminal can show. */
export interface TerminalLook {
  /** Characters in a line. */
  readonly columns: number;
  readonly hasColour: boolean;
  /** Whether it shows more than ASCII. */
  readonly isUnicode: boolean;
  /** IANA name of the time zone in which times are told. */
  readonly zone: string;
}

/** The locale says whether a terminal takes UTF-8: the first of these that is set counts, as for every program. */
export function takesUnicode(environment: Readonly<Record<string, string | undefined>>): boolean {
  const named = ['LC_ALL', 'LC_CTYPE', 'LANG'].map((name) => environment[name] ?? '');
  const locale = named.find((value) => value !== '') ?? '';
  return environment['TERM'] !== 'linux' && /utf-?8/i.test(locale);
}

/** The time zone of this machine. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
