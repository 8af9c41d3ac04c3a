import type * as v from 'valibot';

/** A field of the settings, as the schema has it. */
export interface SchemaField {
  /** With dots between its parts, `[]` after a list, and `(name)` before the fields of one of several kinds. */
  readonly path: string;
  /** Whether it holds fields of its own. */
  readonly isGroup: boolean;
  readonly isRequired: boolean;
  /** What it is if it is left out; undefined if that is nothing. */
  readonly default: unknown;
  /** What is allowed, where the schema says it in numbers or words; undefined where a rule or a pattern says it. */
  readonly range: string | undefined;
}

type Schema = v.GenericSchema;

/** A step after the first of a field's schema: a rule, or a set of values. */
interface Step {
  readonly type: string;
  readonly requirement?: unknown;
  readonly options?: readonly unknown[];
}

/** The parts of valibot's schemas that are looked into. */
interface Parts {
  readonly type: string;
  readonly wrapped?: Schema;
  readonly default?: unknown;
  readonly pipe?: readonly Step[];
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly key?: string;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** All fields of an object's schema, and of the objects and lists within it, in their order. */
export function schemaFields(schema: Schema, prefix = ''): readonly SchemaField[] {
  return Object.entries(parts(schema).entries ?? {}).flatMap(([name, field]) =>
    fieldsOf(field, prefix + name),
  );
}

function fieldsOf(schema: Schema, path: string): readonly SchemaField[] {
  const outer = parts(schema);
  const isOptional = outer.type === 'optional' || outer.type === 'exact_optional';
  const inner = outer.wrapped ?? schema;
  const within = fieldsWithin(inner, path);
  return [
    {
      path,
      isGroup: within.length > 0,
      isRequired: !isOptional,
      default: isOptional ? outer.default : undefined,
      range: rangeOf(inner),
    },
    ...within,
  ];
}

/** The fields of an object, of the objects of a list, and of all kinds of an object that has several. */
function fieldsWithin(schema: Schema, path: string): readonly SchemaField[] {
  const { entries, item, key, options } = parts(schema);
  if (entries !== undefined) return schemaFields(schema, `${path}.`);
  if (item !== undefined) return fieldsWithin(item, `${path}[]`);
  if (key === undefined) return [];
  return (options ?? []).flatMap((option) => {
    const kind = parts(option as Schema);
    return schemaFields(
      option as Schema,
      `${path}(${String(parts(kind.entries?.[key] as Schema).literal)}).`,
    );
  });
}

function rangeOf(schema: Schema): string | undefined {
  const { type, options, literal, pipe = [] } = parts(schema);
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'literal') return quote(literal);
  if (type === 'picklist') return (options ?? []).map(quote).join(', ');
  const values = pipe.find((step) => step.type === 'enum')?.options;
  const bound = (of: string): number | undefined => {
    const requirement = pipe.find((step) => step.type === of)?.requirement;
    return typeof requirement === 'number' ? requirement : undefined;
  };
  if (values !== undefined) return values.filter((value) => value !== bound('not_value')).join(', ');
  const minimum = bound('min_value');
  const maximum = bound('max_value');
  if (minimum === undefined) return undefined;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function quote(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function parts(schema: Schema): Parts {
  return schema;
}
