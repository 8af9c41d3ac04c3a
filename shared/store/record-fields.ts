import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CorruptItemError, type Item } from './item.ts';

type FieldKind = 'text' | 'integer' | 'number' | 'flag';
type FieldValue = string | number | bigint | boolean;

/** How a kind of record is stored. */
export interface RecordFields<Name extends string> {
  /** For messages: `order`. */
  readonly what: string;
  /** How each attribute is stored: `integer` for exact amounts, `number` for times and counts. */
  readonly kinds: Readonly<Record<Name, FieldKind>>;
  readonly optional: ReadonlySet<Name>;
  /** Those whose text must be one of these. */
  readonly words: Partial<Readonly<Record<Name, readonly string[]>>>;
}

/** The attributes of a record, without keys. */
export function fieldsToItem<Name extends string>(
  fields: RecordFields<Name>,
  record: Readonly<Record<Name, FieldValue | undefined>>,
): Item {
  const item: Item = {};
  for (const name of namesOf(fields)) {
    const value = record[name];
    if (value !== undefined) item[name] = toAttribute(value);
  }
  return item;
}

/**
 * The record in an item, each field of the kind that it should have.
 *
 * @throws CorruptItemError if an attribute is missing or is not what we write
 */
export function fieldsFromItem<Name extends string>(
  fields: RecordFields<Name>,
  item: Item,
): Record<Name, FieldValue | undefined> {
  const record: Partial<Record<Name, FieldValue | undefined>> = {};
  for (const name of namesOf(fields)) record[name] = readField(fields, item, name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name has been read
  return record as Record<Name, FieldValue | undefined>;
}

function namesOf<Name extends string>({ kinds }: RecordFields<Name>): Name[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table has exactly these names
  return Object.keys(kinds) as Name[];
}

function toAttribute(value: FieldValue): AttributeValue {
  if (typeof value === 'boolean') return { BOOL: value };
  return typeof value === 'string' ? { S: value } : { N: value.toString() };
}

function readField<Name extends string>(
  fields: RecordFields<Name>,
  item: Item,
  name: Name,
): FieldValue | undefined {
  const attribute = item[name];
  if (attribute === undefined) {
    if (fields.optional.has(name)) return undefined;
    throw new CorruptItemError(`The ${fields.what} item has no ${name}.`);
  }
  const value = readAttribute(attribute, fields.kinds[name]);
  const allowed = fields.words[name];
  if (value === undefined || (allowed !== undefined && !allowed.includes(String(value)))) {
    throw new CorruptItemError(`The ${fields.what} item's ${name} is not what it should be.`);
  }
  return value;
}

function readAttribute(attribute: AttributeValue, kind: FieldKind): FieldValue | undefined {
  switch (kind) {
    case 'text':
      return attribute.S;
    case 'flag':
      return attribute.BOOL;
    case 'integer':
      return attribute.N !== undefined && /^-?\d+$/.test(attribute.N) ? BigInt(attribute.N) : undefined;
    case 'number':
      return attribute.N === undefined ? undefined : Number(attribute.N);
  }
}
