import { minutesPerDay } from '../calendar.ts';

/** What a trace file says, or everything that is wrong with it. */
export type ParsedTrace =
  | { readonly kind: 'trace' /** Units per minute, whole days. */; readonly units: Float64Array }
  | { readonly kind: 'unreadable'; readonly problems: readonly string[] };

const header = 'minute,units';
const row = /^(\d{1,9}),(\d{1,9}(?:\.\d{1,20})?(?:[eE]-?\d{1,2})?)$/;

/** A year: more is a mistake in the file. */
const mostMinutes = 366 * minutesPerDay;
const fewestDays = 2;
const mostUnitsPerMinute = 10_000;
const mostProblems = 20;

/**
 * Reads a trace: `minute,units`, then a line for each minute with demand, minutes ascending from 0. It lasts to the end of
 * the day of its last line; a last line with 0 Units makes it longer.
 */
export function parseTrace(text: string): ParsedTrace {
  const lines = text.trimEnd().split(/\r?\n/);
  if (text.trim() === '') return { kind: 'unreadable', problems: ['the file is empty'] };
  const problems: string[] = [];
  const rows: { minute: number; units: number }[] = [];
  if (lines[0] !== header) problems.push(`line 1 must be "${header}", not "${shorten(lines[0])}"`);
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const found = readRow(line, rows.at(-1)?.minute ?? -1);
    if (typeof found === 'string') problems.push(`line ${index + 1}: ${found}`);
    else rows.push(found);
  }
  const days = Math.ceil(((rows.at(-1)?.minute ?? -1) + 1) / minutesPerDay);
  if (problems.length === 0 && days < fewestDays) {
    problems.push(`it covers ${days} of at least ${fewestDays} days: the first one is for learning`);
  }
  if (problems.length > 0) return { kind: 'unreadable', problems: firstOf(problems) };
  const units = new Float64Array(days * minutesPerDay);
  for (const { minute, units: used } of rows) units[minute] = used;
  return { kind: 'trace', units };
}

/** The row, or what is wrong with it. */
function readRow(line: string, lastMinute: number): { minute: number; units: number } | string {
  const match = row.exec(line);
  if (match === null) return `must be a whole minute, a comma and Units such as 0.25, not "${shorten(line)}"`;
  const minute = Number(match[1]);
  const units = Number(match[2]);
  if (minute <= lastMinute) return `minute ${minute} comes after minute ${lastMinute}; minutes must ascend`;
  if (minute >= mostMinutes) return `minute ${minute} is more than 366 days away`;
  if (units > mostUnitsPerMinute) return `${units} Units in a minute are more than ${mostUnitsPerMinute}`;
  return { minute, units };
}

function firstOf(problems: readonly string[]): readonly string[] {
  const more = problems.length - mostProblems;
  return more <= 0 ? problems : [...problems.slice(0, mostProblems), `and ${more} more`];
}

function shorten(text = ''): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}...`;
}
