import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Readonly<Record<string, AttributeValue>>;

/** What the placeholders of an expression stand for. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

export type Operand = (item: Item | undefined, placeholders: Placeholders) => AttributeValue | undefined;
export type Condition = (item: Item | undefined, placeholders: Placeholders) => boolean;
/** An attribute and its new value; undefined takes it away. */
export type Step = (item: Item, placeholders: Placeholders) => readonly [string, AttributeValue | undefined];
/** Gives the item as it is after the update. */
export type Update = (item: Item, placeholders: Placeholders) => Item;
