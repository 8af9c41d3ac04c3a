import * as v from 'valibot';
import type { References } from './references.ts';
import { resolveValue } from './resolve.ts';
import type { Resource } from './template.ts';
import { TemplateError } from './template-error.ts';
import { Unresolvable } from './unresolvable.ts';

/**
 * Resolves the properties of a resource and checks those that the schema asks for.
 * @throws TemplateError that names the logical id, the property and what is wrong with it
 */
export function readProperties<T>(
  logicalId: string,
  resource: Resource,
  schema: v.GenericSchema<unknown, T>,
  references: References,
): T {
  const result = v.safeParse(schema, resolveValue(resource.Properties, references));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const reason = issue.input instanceof Unresolvable ? issue.input.reason : issue.message;
  const property = v.getDotPath(issue) ?? 'Properties';
  throw new TemplateError(`${logicalId} (${resource.Type}), property ${property}: ${reason}`);
}
