import * as v from 'valibot';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { resourcesOfType } from '../template/template.ts';

const keySchema = v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) }));

const indexSchema = v.object({
  IndexName: v.string(),
  KeySchema: keySchema,
  Projection: v.object({
    ProjectionType: v.optional(v.picklist(['ALL', 'KEYS_ONLY', 'INCLUDE']), 'ALL'),
    NonKeyAttributes: v.optional(v.array(v.string())),
  }),
});

const tableSchema = v.object({
  AttributeDefinitions: v.array(
    v.object({ AttributeName: v.string(), AttributeType: v.picklist(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: v.optional(v.array(indexSchema), []),
  LocalSecondaryIndexes: v.optional(v.array(indexSchema), []),
  TimeToLiveSpecification: v.optional(
    v.object({ AttributeName: v.optional(v.string()), Enabled: v.union([v.boolean(), v.literal('true')]) }),
  ),
});

/** A table as the template describes it. */
export interface TableDescription extends v.InferOutput<typeof tableSchema> {
  readonly logicalId: string;
  readonly name: string;
}

/** The tables of the template. Capacity, streams, replicas, backups and encryption are not read. */
export function readTables(references: References): TableDescription[] {
  return resourcesOfType(references.template, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(
    ([logicalId, resource]) => ({
      logicalId,
      name: references.resources.get(logicalId)?.ref ?? logicalId,
      ...readProperties(logicalId, resource, tableSchema, references),
    }),
  );
}
