import * as v from 'valibot';

const resourceSchema = v.object({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** The parts of a CloudFormation template that the runner reads. */
export const templateSchema = v.object({
  Resources: v.record(v.string(), resourceSchema),
  Parameters: v.optional(
    v.record(v.string(), v.object({ Type: v.string(), Default: v.optional(v.unknown()) })),
    {},
  ),
  Outputs: v.optional(v.record(v.string(), v.object({ Value: v.unknown() })), {}),
});

/** A CloudFormation template. */
export type Template = v.InferOutput<typeof templateSchema>;

/** One resource of a template. */
export type Resource = v.InferOutput<typeof resourceSchema>;

/** The resources of one type, with their logical ids. */
export function resourcesOfType(template: Template, ...types: readonly string[]): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => types.includes(Type));
}
