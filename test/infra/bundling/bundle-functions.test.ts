import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../../infra/bundling/bundle-functions.ts';
import { sizeBudgets } from '../../../infra/bundling/size-budgets.ts';
import { functionNames } from '../../../infra/function-names.ts';
import { answersUnknown } from '../../../shared/configuration/api-routes.ts';
import { importFresh } from '../support/import-fresh.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const functionsFolder = 'functions';
const outputFolder = join(temporaryFolder(), 'bundles');
const bundleOf = (name: string): string => join(outputFolder, name, 'index.mjs');
let metafile: Metafile;

beforeAll(async () => {
  metafile = await bundleFunctions({ functionsFolder, outputFolder });
});

describe.each(functionNames)('%s', (name) => {
  it('is one file, and so the same on every processor', () => {
    expect(readdirSync(join(outputFolder, name))).toEqual(['index.mjs']);
  });

  it('can be imported in a fresh process, exports a handler, and has not loaded undici', async () => {
    const { exported, builtins } = await importFresh(bundleOf(name));
    expect(exported).toContain('handler');
    // The one that calls nobody has no client of AWS in it.
    expect(builtins.includes('NativeModule https')).toBe(name !== answersUnknown);
    expect(builtins.filter((builtin) => builtin.includes('undici'))).toEqual([]);
  });

  it('is within its budget (infra/bundling/size-budgets.ts)', () => {
    const bundle = readFileSync(bundleOf(name));
    const { bytes, compressed } = sizeBudgets[name];
    expect(bundle.byteLength).toBeLessThanOrEqual(bytes);
    expect(gzipSync(bundle).byteLength).toBeLessThanOrEqual(compressed);
  });

  it('says nothing about the machine it was built on', () => {
    const text = readFileSync(bundleOf(name), 'utf8');
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain('sourceMappingURL');
  });
});

describe('the bundles', () => {
  it('come from every folder in functions/', () => {
    const folders = readdirSync(functionsFolder, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(new Set(folders.map((folder) => folder.name))).toEqual(new Set(functionNames));
  });

  it('come with a record of what is in them, beside them', () => {
    expect(JSON.parse(readFileSync(join(outputFolder, 'metafile.json'), 'utf8'))).toEqual(metafile);
    expect(Object.keys(metafile.outputs)).toHaveLength(functionNames.length);
  });

  it('are the same bytes when they are built again, somewhere else', async () => {
    const again = join(temporaryFolder(), 'elsewhere', 'again');
    await bundleFunctions({ functionsFolder, outputFolder: again });
    for (const name of functionNames) {
      expect(readFileSync(join(again, name, 'index.mjs')).equals(readFileSync(bundleOf(name)))).toBe(true);
    }
  });
});

describe('bundling again', () => {
  it('leaves a bundle that is right untouched, and removes what is not one', async () => {
    const [name] = functionNames;
    const before = statSync(bundleOf(name)).mtimeMs;
    writeFileSync(join(outputFolder, name, 'left-over.env'), 'KEY=value');
    await bundleFunctions({ functionsFolder, outputFolder });
    expect(readdirSync(join(outputFolder, name))).toEqual(['index.mjs']);
    expect(statSync(bundleOf(name)).mtimeMs).toBe(before);
  });

  it('replaces a bundle that is not what the source says', async () => {
    const [name] = functionNames;
    const right = readFileSync(bundleOf(name));
    writeFileSync(bundleOf(name), 'export const handler = 1;');
    await bundleFunctions({ functionsFolder, outputFolder });
    expect(readFileSync(bundleOf(name)).equals(right)).toBe(true);
  });
});

it('a function without a handler is named', async () => {
  const [missing, ...others] = functionNames;
  const incomplete = temporaryFolder();
  for (const name of others) {
    mkdirSync(join(incomplete, name));
    writeFileSync(join(incomplete, name, 'handler.ts'), 'export const handler = () => 1;');
  }
  await expect(
    bundleFunctions({ functionsFolder: incomplete, outputFolder: join(incomplete, 'bundles') }),
  ).rejects.toThrow(join(missing, 'handler.ts'));
});
