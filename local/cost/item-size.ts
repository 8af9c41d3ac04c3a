import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What DynamoDB adds to each item, and to each copy of it in an index. */
const overhead = 100;

/**
 * Bytes that an item takes by DynamoDB's published rules: the names and values of its attributes, and what is added for
 * storing it.
 */
export function storedSize(item: Readonly<Record<string, AttributeValue>>): number {
  const attributes = Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + valueSize(value));
  return overhead + attributes.reduce((sum, size) => sum + size, 0);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, '').length / 2) + 1;
  return 1;
}
