import * as v from 'valibot';
import { JournalError } from './journal-error.ts';
import { type Entry, entrySchema, type Header, headerSchema, VERSION } from './journal-lines.ts';

/** A journal that was read and understood. */
export interface ParsedJournal {
  readonly header: Header;
  readonly entries: readonly Entry[];
}

const json = v.pipe(v.string(), v.parseJson());
const anyVersion = v.pipe(json, v.looseObject({ version: v.number() }));

/**
 * Reads the lines of a journal. Undefined when there are none.
 *
 * @throws JournalError when a line is not what it should be, or of another format
 */
export function parseJournal(path: string, lines: readonly string[]): ParsedJournal | undefined {
  const [first, ...rest] = lines;
  if (first === undefined) return undefined;
  refuseOtherVersion(path, first);
  return {
    header: parseLine(path, 1, v.pipe(json, headerSchema), first),
    entries: rest.map((line, index) => parseLine(path, index + 2, v.pipe(json, entrySchema), line)),
  };
}

function refuseOtherVersion(path: string, first: string): void {
  const parsed = v.safeParse(anyVersion, first);
  if (!parsed.success || parsed.output.version === VERSION) return;
  const { version } = parsed.output;
  throw new JournalError(path, `it has format ${version}, and this simulator reads format ${VERSION} only.`);
}

function parseLine<Schema extends v.GenericSchema>(
  path: string,
  number: number,
  schema: Schema,
  line: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, line);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new JournalError(
    path,
    `line ${number} is damaged (${v.getDotPath(issue) ?? 'line'}: ${issue.message}).`,
  );
}
