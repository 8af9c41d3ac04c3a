import { join } from 'node:path';
import * as v from 'valibot';
import { readJson } from './read-json.ts';
import { type Template, templateSchema } from './template.ts';
import { TemplateError } from './template-error.ts';

/** One stack of a synthesized CDK application. */
export interface Assembly {
  readonly stackName: string;
  /** Account and region, undefined where the stack leaves them open. */
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly template: Template;
  /** Path of the uploaded file or folder by the key that the template has for it. */
  readonly assets: ReadonlyMap<string, string>;
}

const artifactSchema = v.object({
  type: v.string(),
  environment: v.optional(v.string()),
  properties: v.optional(
    v.object({
      templateFile: v.optional(v.string()),
      stackName: v.optional(v.string()),
      file: v.optional(v.string()),
    }),
    {},
  ),
});

const manifestSchema = v.object({ artifacts: v.record(v.string(), artifactSchema) });

const assetsSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      source: v.object({ path: v.optional(v.string()) }),
      destinations: v.record(v.string(), v.object({ objectKey: v.string() })),
    }),
  ),
});

type Artifact = v.InferOutput<typeof artifactSchema>;

/**
 * Reads the output of `cdk synth`.
 * @param stackName which stack; needed only when there are several
 * @throws TemplateError when it is missing, damaged, or the stack is not clear
 */
export async function readAssembly(directory: string, stackName?: string): Promise<Assembly> {
  const { artifacts } = await readJson(join(directory, 'manifest.json'), manifestSchema);
  const [id, stack] = chooseStack(artifacts, stackName);
  const templateFile = stack.properties.templateFile ?? `${id}.template.json`;
  const [template, assets] = await Promise.all([
    readJson(join(directory, templateFile), templateSchema),
    readAssets(directory, Object.values(artifacts)),
  ]);
  return { stackName: stack.properties.stackName ?? id, ...environmentOf(stack), template, assets };
}

function chooseStack(artifacts: Record<string, Artifact>, wanted: string | undefined): [string, Artifact] {
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const matching = stacks.filter(
    ([id, { properties }]) => wanted === undefined || id === wanted || properties.stackName === wanted,
  );
  const [found, ...more] = matching;
  if (found !== undefined && more.length === 0) return found;
  const names = stacks.map(([id]) => id).join(', ') || 'none';
  throw new TemplateError(
    wanted === undefined
      ? `The output holds not exactly one stack; name one of: ${names}.`
      : `There is no stack ${wanted}; there are: ${names}.`,
  );
}

/** The manifest has `aws://account/region`, with `unknown-account` and `unknown-region` where it is open. */
function environmentOf(stack: Artifact): Pick<Assembly, 'accountId' | 'region'> {
  const [, accountId, region] =
    /^aws:\/\/(\d{12}|unknown-account)\/(.+)$/.exec(stack.environment ?? '') ?? [];
  return {
    accountId: accountId === 'unknown-account' ? undefined : accountId,
    region: region === 'unknown-region' ? undefined : region,
  };
}

async function readAssets(directory: string, artifacts: readonly Artifact[]): Promise<Map<string, string>> {
  const files = artifacts
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .map(({ properties }) => properties.file)
    .filter((file) => file !== undefined);
  const manifests = await Promise.all(files.map((file) => readJson(join(directory, file), assetsSchema)));
  const assets = new Map<string, string>();
  for (const { source, destinations } of manifests.flatMap((manifest) => Object.values(manifest.files))) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path !== undefined) assets.set(objectKey, join(directory, source.path));
    }
  }
  return assets;
}
