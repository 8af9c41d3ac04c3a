import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { InvocationResult } from '../../../../local/runner/lambda/invocation-result.ts';
import { type LocalStack, type StackOptions, startStack } from '../../../../local/runner/start-stack.ts';

/** A small synthesized stack: table, secret, functions, routes and schedules. */
const fixtureDirectory = fileURLToPath(new URL('../fixtures/stack', import.meta.url));

/** Starts the fixture on the fast engine, without schedules firing by themselves. */
export function startFixture(options: Partial<StackOptions> = {}): Promise<LocalStack> {
  return startStack({
    assemblyDirectory: fixtureDirectory,
    engine: 'dynoxide',
    schedules: 'off',
    ...options,
  });
}

const templateSchema = v.looseObject({
  Resources: v.record(
    v.string(),
    v.object({ Type: v.string(), Properties: v.record(v.string(), v.unknown()) }),
  ),
});

/** The resources of the fixture's template, to be changed. */
export type FixtureResources = v.InferOutput<typeof templateSchema>['Resources'];

/** Copies the fixture to a new folder and changes its resources there. */
export async function changedFixture(change: (resources: FixtureResources) => void): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'grid-buyer-test-'));
  await cp(fixtureDirectory, directory, { recursive: true });
  // Its functions import the AWS SDK, which is looked for beside them.
  await symlink(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  const path = join(directory, 'fixture.template.json');
  const template = v.parse(v.pipe(v.string(), v.parseJson(), templateSchema), await readFile(path, 'utf8'));
  change(template.Resources);
  await writeFile(path, JSON.stringify(template));
  return directory;
}

const answerSchema = v.object({
  processId: v.number(),
  invocations: v.optional(v.number(), 0),
  ticks: v.optional(v.number(), 0),
});

/** What the fixture's functions tell about the process that served an invocation. */
export function answeredBy(result: InvocationResult): v.InferOutput<typeof answerSchema> {
  return v.parse(answerSchema, result.ok ? result.payload : undefined);
}
