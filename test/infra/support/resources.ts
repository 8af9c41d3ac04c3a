import type { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';

const resource = v.object({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
  DeletionPolicy: v.optional(v.string()),
  UpdateReplacePolicy: v.optional(v.string()),
});

export interface TemplateResource extends v.InferOutput<typeof resource> {
  readonly logicalId: string;
}

/** All resources of a template, or those of one type. */
export function resources(template: Template, type?: string): readonly TemplateResource[] {
  return Object.entries(v.parse(v.record(v.string(), resource), template.toJSON()['Resources']))
    .map(([logicalId, found]) => ({ logicalId, ...found }))
    .filter((found) => type === undefined || found.Type === type);
}

/** The one resource of a type whose logical id starts like this. */
export function resourceOf(template: Template, type: string, logicalIdPrefix = ''): TemplateResource {
  const [found, ...more] = resources(template, type).filter((one) =>
    one.logicalId.startsWith(logicalIdPrefix),
  );
  if (found === undefined || more.length > 0) {
    throw new Error(`expected one ${type} ${logicalIdPrefix}, found ${more.length + (found ? 1 : 0)}`);
  }
  return found;
}
