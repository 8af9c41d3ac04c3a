import { type TerminalLook, takesUnicode } from '../../plots/terminal/terminal-look.ts';

/** A terminal as it is, and what is assumed where charts are asked for and there is none. */
export interface ChartLook extends TerminalLook {
  readonly isTerminal: boolean;
}

const usualColumns = 80;
const mostColumns = 140;

/** How charts look on a stream. Times are those of the trace. */
export function chartLook(
  { isTTY = false, columns = usualColumns }: { readonly isTTY?: boolean; readonly columns?: number },
  environment: NodeJS.ProcessEnv,
): ChartLook {
  const wantsColour = (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  return {
    isTerminal: isTTY,
    columns: Math.min(mostColumns, columns),
    hasColour: isTTY && wantsColour,
    isUnicode: takesUnicode(environment),
    zone: 'UTC',
  };
}
