import { isatty } from 'node:tty';
import picocolors from 'picocolors';

/** Paints text on a terminal, and leaves it as it is elsewhere. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/** How output for people looks: how wide it may be, whether it has colour, and in which time zone it tells times. */
export interface Look {
  /** Characters in a line; infinite where a program reads along. */
  readonly columns: number;
  readonly paint: Paint;
  /** IANA name; undefined for the machine's own. */
  readonly zone: string | undefined;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** Where output goes. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How output looks on a stream: `COLUMNS` decides where the stream does not know, `NO_COLOR` takes the colour away. */
export function lookOf(stream: Stream, environment: NodeJS.ProcessEnv): Look {
  const isTerminal = stream.isTTY === true;
  const asked = Number(environment['COLUMNS']);
  const columns = isTerminal ? stream.columns : undefined;
  return {
    columns: columns ?? (Number.isInteger(asked) && asked > 0 ? asked : Number.POSITIVE_INFINITY),
    paint: picocolors.createColors(isTerminal && hasColour(environment)),
    zone: undefined,
    now: Date.now,
  };
}

/** Whether a person can be asked: they read what is asked on standard error. */
export function canAsk(): boolean {
  return isatty(0) && isatty(2);
}

function hasColour(environment: NodeJS.ProcessEnv): boolean {
  return (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}
