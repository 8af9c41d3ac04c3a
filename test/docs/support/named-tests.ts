import { existsSync, readFileSync } from 'node:fs';

/** A test that a document names. */
export interface NamedTest {
  /** What stands before it in the list, such as a letter for its layer; may be nothing. */
  readonly mark: string;
  readonly file: string;
  /** The test's title, and then perhaps the case of it. */
  readonly titles: readonly string[];
}

/** The tests in a list of a document: `- MARK `file`: title > case`, one a line. */
export function namedTests(section: string): readonly NamedTest[] {
  return [...section.matchAll(/^- ([A-Z] )?`(test\/[^`]+)`: (.+)$/gm)].map(
    ([, mark = '', file = '', names = '']) => ({
      mark: mark.trim(),
      file,
      titles: names.split(' > '),
    }),
  );
}

/** The titles of a named test that its file does not have. */
export function missingTitles({ file, titles }: NamedTest): readonly string[] {
  const source = sourceOf(file);
  return titles.filter((title) => !says(source, title));
}

/** Whether a source has a text literal that says this. */
function says(source: string, text: string): boolean {
  const escaped = text.replaceAll("'", String.raw`\'`);
  return [`'${text}'`, `'${escaped}'`, `"${text}"`, `\`${text}\``].some((literal) =>
    source.includes(literal),
  );
}

/** A test file with the table of its cases, where that is a file of its own. */
export function sourceOf(file: string): string {
  const files = [file, file.replace('.test.ts', '.ts')].filter((one) => existsSync(one));
  return files.map((one) => readFileSync(one, 'utf8')).join('\n');
}
