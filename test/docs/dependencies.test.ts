import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/bundling/bundle-functions.ts';
import { functionNames } from '../../infra/function-names.ts';
import { readManifest } from '../../local/audit/files.ts';
import { type BundleContents, bundleContents } from '../infra/support/bundle-contents.ts';
import { temporaryFolder } from '../infra/support/temporary-folder.ts';
import { codeIn, tableRows } from './support/tables.ts';

const text = readFileSync('docs/dependencies.md', 'utf8');
const manifest = readManifest('.');
const [runtimeText = '', toolsText = ''] = text.split(/^## Tools$/m);
const [devText = '', optionalText = ''] = toolsText.split(/^Optional,/m);

let contents: readonly BundleContents[];

beforeAll(async () => {
  const outputFolder = join(temporaryFolder(), 'bundles');
  contents = bundleContents(await bundleFunctions({ functionsFolder: 'functions', outputFolder }));
});

/** Which bundles have a package, as the document says it. */
function bundlesWith(name: string): string {
  const having = contents.filter(({ packages }) => packages.some((one) => one.name === name));
  const names = having.map((one) => one.name);
  const others = functionNames.filter((one) => !names.includes(one));
  if (names.length === 0) return 'none';
  if (others.length === 0) return 'all';
  return others.length < names.length ? `all but ${quoted(others)}` : quoted(names);
}

/** In the order of `functionNames`, which is that of the table of all bundles. */
function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** What the document says if that is true to within a tenth, and otherwise what is true. */
function aboutAs(written: string | undefined, bytes: number, decimals: number): string {
  const actual = (bytes / 1000).toFixed(decimals);
  const isAbout = Math.abs(Number(written) - bytes / 1000) <= bytes / 10_000 + 0.1;
  return written !== undefined && isAbout ? written : actual;
}

function namesIn(part: string): readonly (string | undefined)[] {
  return tableRows(part, 'Package', 'Why').map(([name = '']) => codeIn(name));
}

describe('the document of the dependencies', () => {
  it('has each dependency of package.json where it belongs, with a reason', () => {
    expect(namesIn(runtimeText)).toEqual(Object.keys(manifest.dependencies));
    expect(namesIn(devText)).toEqual(Object.keys(manifest.devDependencies));
    expect(namesIn(optionalText)).toEqual(Object.keys(manifest.optionalDependencies));
    for (const [name = '', why = ''] of tableRows(text, 'Package', 'Why')) {
      expect(why.length, name).toBeGreaterThan(10);
    }
  });

  it('says which bundles each of those that are deployed is in', () => {
    const written = tableRows(runtimeText, 'Package', 'Why').map(([name = '', , bundles = '']) => ({
      name: codeIn(name),
      bundles,
    }));
    const actual = Object.keys(manifest.dependencies).map((name) => ({ name, bundles: bundlesWith(name) }));
    expect(written).toEqual(actual);
  });

  it('has every package that is in a bundle, and no other, with its size', () => {
    const rows = tableRows(text, 'Package', 'Comes with');
    const written = rows.map(([name = '', , bundles = '', size = '']) => ({
      name: codeIn(name),
      bundles,
      size,
    }));
    const found = [
      ...new Set(contents.flatMap(({ packages }) => packages.map(({ name }) => name))),
    ].toSorted();
    const actual = found.map((name) => {
      const sizes = contents.flatMap(({ packages }) => packages.filter((one) => one.name === name));
      const most = Math.max(...sizes.map(({ bytes }) => bytes));
      return {
        name,
        bundles: bundlesWith(name),
        size: aboutAs(written.find((row) => row.name === name)?.size, most, 1),
      };
    });
    expect(written).toEqual(actual);
  });

  it('says of each what it comes with: a dependency of package.json, or several', () => {
    const direct = new Set(Object.keys(manifest.dependencies));
    for (const [name = '', owner = ''] of tableRows(text, 'Package', 'Comes with')) {
      if (owner === 'itself') expect(direct).toContain(codeIn(name));
      else if (owner !== 'the clients of the SDK') expect(direct).toContain(codeIn(owner));
    }
  });

  it('has the size of every bundle, of our own code in it and of packages', () => {
    const written = tableRows(text, 'Function', 'Bundle');
    const actual = contents.map(({ name, bytes, own, packages }) => {
      const row = written.find(([first]) => first === `\`${name}\``);
      const sizes = [bytes, sum(own), sum(packages)];
      return [`\`${name}\``, ...sizes.map((size, index) => aboutAs(row?.[index + 1], size, 0))];
    });
    expect(written).toEqual(actual);
  });
});

function sum(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((total, { bytes }) => total + bytes, 0);
}
