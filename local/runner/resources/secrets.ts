import * as v from 'valibot';
import { nameEnding, type StackIdentity } from '../template/identity.ts';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { resourcesOfType } from '../template/template.ts';

const flag = v.optional(v.boolean(), false);

const generationSchema = v.object({
  PasswordLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)), 32),
  ExcludeCharacters: v.optional(v.string(), ''),
  ExcludeLowercase: flag,
  ExcludeUppercase: flag,
  ExcludeNumbers: flag,
  ExcludePunctuation: flag,
  IncludeSpace: flag,
  SecretStringTemplate: v.optional(v.string()),
  GenerateStringKey: v.optional(v.string()),
});

const secretSchema = v.object({
  Name: v.optional(v.string()),
  Description: v.optional(v.string()),
  SecretString: v.optional(v.string()),
  GenerateSecretString: v.optional(generationSchema),
  KmsKeyId: v.optional(v.string()),
});

/** How CloudFormation makes up a value. */
export type SecretGeneration = v.InferOutput<typeof generationSchema>;

/** A secret as the template describes it. */
export interface SecretDescription {
  readonly logicalId: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Value written in the template. */
  readonly text: string | undefined;
  readonly generation: SecretGeneration | undefined;
  /** Id, ARN or alias of the key it is encrypted with. Undefined: AWS's own, which needs no grant. */
  readonly kmsKeyId: string | undefined;
}

/** The secrets of the template. Rotation is not read. */
export function readSecrets(references: References): SecretDescription[] {
  return resourcesOfType(references.template, 'AWS::SecretsManager::Secret').map(([logicalId, resource]) => {
    const properties = readProperties(logicalId, resource, secretSchema, references);
    return {
      logicalId,
      name: properties.Name ?? generatedSecretName(references.identity, logicalId),
      description: properties.Description,
      text: properties.SecretString,
      generation: properties.GenerateSecretString,
      kmsKeyId: properties.KmsKeyId,
    };
  });
}

/** CloudFormation names a secret after its logical id alone. */
function generatedSecretName(identity: StackIdentity, logicalId: string): string {
  return `${logicalId}-${nameEnding(identity, logicalId)}`;
}
