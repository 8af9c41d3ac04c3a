import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../../../infra/bundling/bundle-functions.ts';
import { replacements } from '../../../../infra/bundling/lean-sdk/replacements.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const textOf = (module: string): string => readFileSync(join('node_modules', module), 'utf8');

describe.each(replacements)('$module', ({ module, text }) => {
  it('is what was read when it was decided what to put in its place', () => {
    // If the SDK has changed it: read it, see whether the reason still holds, then `npm exec -- vitest run -u`.
    const sum = createHash('sha256').update(textOf(module)).digest('hex');
    expect({ module, sum }).toMatchSnapshot();
  });

  it('is replaced by something else', () => {
    expect(text(textOf(module))).not.toBe(textOf(module));
  });
});

describe('the bundles', () => {
  let metafile: Metafile;
  const outputFolder = join(temporaryFolder(), 'bundles');
  beforeAll(async () => {
    metafile = await bundleFunctions({ functionsFolder: 'functions', outputFolder });
  });

  it('would hold each of these modules', () => {
    const read = Object.keys(metafile.inputs);
    const idle = replacements.filter(({ module }) => !read.includes(`node_modules/${module}`));
    expect(idle.map(({ module }) => module)).toEqual([]);
  });

  it('reach nothing of the SDK that looks for credentials, files or hosts elsewhere', () => {
    const text = readFileSync(join(outputFolder, 'place-order', 'index.mjs'), 'utf8');
    const words = [
      '169.254.169.254',
      'AWS_CONFIG_FILE',
      'AWS_PROFILE',
      'AssumeRole',
      'sso_',
      'dualStackDnsSuffix',
    ];
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  });
});
