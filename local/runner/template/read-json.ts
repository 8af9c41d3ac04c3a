import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { TemplateError } from './template-error.ts';

/**
 * Reads and checks a JSON file of the synthesized output.
 * @throws TemplateError when it is missing or has another shape
 */
export async function readJson<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new TemplateError(`${path} is missing. Synthesize first: npm run synth.`);
  });
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TemplateError(
    `${path}: ${v.getDotPath(issue) ?? 'the file'} is not as expected: ${issue.message}`,
  );
}
