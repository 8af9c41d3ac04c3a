import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { FunctionDescription } from '../lambda/function-description.ts';
import type { Assembly } from '../template/read-assembly.ts';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { type Resource, resourcesOfType } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

const functionSchema = v.object({
  Code: v.object({ S3Key: v.string('only code from an asset is supported') }),
  Handler: v.string(),
  Runtime: v.pipe(v.string(), v.startsWith('nodejs', 'only Node.js runtimes are supported')),
  MemorySize: v.optional(v.number(), 128),
  Timeout: v.optional(v.number(), 3),
  Environment: v.optional(v.object({ Variables: v.optional(v.record(v.string(), v.string()), {}) })),
  ReservedConcurrentExecutions: v.optional(v.number()),
  LoggingConfig: v.optional(
    v.object({
      LogFormat: v.optional(v.picklist(['JSON', 'Text']), 'Text'),
      ApplicationLogLevel: v.optional(v.string()),
      LogGroup: v.optional(v.string()),
    }),
  ),
  Layers: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(0, 'layers are not supported'))),
  Role: v.optional(v.unknown()),
});

/**
 * The functions of the template, with their environment resolved.
 * @throws TemplateError also when the folder of an asset is missing, which would hang every call otherwise
 */
export function readFunctions(references: References, assembly: Assembly): FunctionDescription[] {
  return resourcesOfType(references.template, 'AWS::Lambda::Function').map(([logicalId, resource]) =>
    readFunction(logicalId, resource, references, assembly),
  );
}

function readFunction(
  logicalId: string,
  resource: Resource,
  references: References,
  assembly: Assembly,
): FunctionDescription {
  const properties = readProperties(logicalId, resource, functionSchema, references);
  const reference = references.resources.get(logicalId);
  const name = reference?.ref ?? logicalId;
  return {
    logicalId,
    name,
    arn: reference?.attributes['Arn'] ?? '',
    assetPath: assetPath(logicalId, properties.Code.S3Key, assembly),
    handler: properties.Handler,
    runtime: properties.Runtime,
    memoryMegabytes: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    environment: properties.Environment?.Variables ?? {},
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    logLevel: properties.LoggingConfig?.ApplicationLogLevel,
    logFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    logStream: 'local',
    roleArn: typeof properties.Role === 'string' ? properties.Role : undefined,
  };
}

function assetPath(logicalId: string, key: string, assembly: Assembly): string {
  const path = assembly.assets.get(key);
  if (path === undefined) {
    throw new TemplateError(`${logicalId}: the asset manifests do not know its code (${key})`);
  }
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new TemplateError(
      `${logicalId}: the folder of its code is missing: ${path}. Some cdk commands rewrite the output without bundles; synthesize again: npm run synth.`,
    );
  }
  return resolve(path);
}
