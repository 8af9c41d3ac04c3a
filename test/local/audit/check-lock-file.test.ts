import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExceptions, checkLockFile } from '../../../local/audit/check-lock-file.ts';
import { checkManifest, checkNpmSettings } from '../../../local/audit/check-manifest.ts';
import { type LockFile, readLockFile, readManifest, readNpmSettings } from '../../../local/audit/files.ts';
import { withInstallScripts } from '../../../local/audit/install-scripts.ts';

type Package = LockFile['packages'][string];

const usual = { inBundle: false, link: false, hasInstallScript: false };
const hash = `sha512-${'b'.repeat(86)}==`;

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const name = fc.oneof(
  word,
  fc.tuple(word, word).map(([scope, own]) => `@${scope}/${own}`),
);
const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));

function addressOf(of: string, at: string): string {
  return `https://registry.npmjs.org/${of}/-/${of.slice(of.indexOf('/') + 1)}-${at}.tgz`;
}

const place = fc
  .tuple(name, fc.option(name))
  .map(([outer, inner]) => `node_modules/${outer}${inner === null ? '' : `/node_modules/${inner}`}`);

/** A package as the registry gives it, with or without its address. */
const soundEntry = fc
  .tuple(place, version, fc.boolean())
  .map(([where, at, tells]): readonly [string, Package] => {
    const own = where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [
      where,
      { ...usual, version: at, integrity: hash, ...(tells ? { resolved: addressOf(own, at) } : {}) },
    ];
  });

const soundLockFile = fc
  .uniqueArray(soundEntry, { selector: ([where]) => where, minLength: 1, maxLength: 30 })
  .map(
    (entries): LockFile => ({ lockfileVersion: 3, packages: { '': usual, ...Object.fromEntries(entries) } }),
  );

/** Ways to spoil a package, with what is said of it. */
const spoilers: readonly (readonly [how: string, spoil: (one: Package) => Package, problem: RegExp])[] = [
  ['no hash', (one) => ({ ...one, integrity: undefined }), /has no sha512 hash/],
  [
    'a weak hash',
    (one) => ({ ...one, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }),
    /has no sha512 hash/,
  ],
  ['a hash cut off', (one) => ({ ...one, integrity: hash.slice(0, -4) }), /has no sha512 hash/],
  ['from git', (one) => ({ ...one, resolved: 'git+ssh://git@github.com/a/b.git#1' }), /comes from git/],
  ['a file', (one) => ({ ...one, resolved: 'file:../b.tgz' }), /comes from file/],
  ['from elsewhere', (one) => ({ ...one, resolved: 'https://example.com/b/-/b-1.0.0.tgz' }), /comes from/],
  ['without TLS', (one) => ({ ...one, resolved: 'http://registry.npmjs.org/b/-/b-1.0.0.tgz' }), /comes from/],
  [
    'another package',
    (one) => ({ ...one, resolved: addressOf('look-alike', String(one.version)) }),
    /comes from .*look-alike/,
  ],
  ['another version', (one) => ({ ...one, resolved: addressOf('b', '99.0.0') }), /comes from/],
  ['no version', (one) => ({ ...one, version: undefined }), /has no version/],
  ['a link', (one) => ({ ...one, link: true }), /is a folder of this machine/],
  ['an install script', (one) => ({ ...one, hasInstallScript: true }), /has an install script/],
];

describe('a lock file', () => {
  it('of packages of the registry with their hashes has nothing wrong', () => {
    fc.assert(
      fc.property(soundLockFile, (lockFile) => {
        expect(checkLockFile(lockFile, {})).toEqual([]);
      }),
    );
  });

  it.each(spoilers)('with one package spoilt has just that one wrong: %s', (_how, spoil, problem) => {
    fc.assert(
      fc.property(soundLockFile, fc.nat(), (lockFile, index) => {
        const places = Object.keys(lockFile.packages).filter((one) => one !== '');
        const where = places[index % places.length] ?? '';
        const packages = { ...lockFile.packages, [where]: spoil(lockFile.packages[where] ?? usual) };
        expect(checkLockFile({ ...lockFile, packages }, {})).toEqual([
          { place: where, problem: expect.stringMatching(problem) },
        ]);
      }),
    );
  });
});

describe('a package inside of another one', () => {
  const outer = { ...usual, version: '1.0.0', integrity: hash };
  const inner = { ...usual, version: '2.0.0', inBundle: true };
  const check = (packages: LockFile['packages']) =>
    checkLockFile({ lockfileVersion: 3, packages }, {}).map((finding) => finding.place);

  it('is held to the hash of that one', () => {
    const nested = { 'node_modules/a': outer, 'node_modules/a/node_modules/b': inner };
    expect(check({ ...nested, 'node_modules/a/node_modules/b/node_modules/c': inner })).toEqual([]);
  });

  it('is not held to any where that one has none, or is not there', () => {
    expect(check({ 'node_modules/b': inner })).toEqual(['node_modules/b']);
    expect(
      check({ 'node_modules/a': { ...outer, integrity: undefined }, 'node_modules/a/node_modules/b': inner }),
    ).toEqual(['node_modules/a', 'node_modules/a/node_modules/b']);
  });
});

it('a package under another name comes from its own address', () => {
  const packages = {
    'node_modules/short': {
      ...usual,
      name: 'long',
      version: '1.0.0',
      integrity: hash,
      resolved: addressOf('long', '1.0.0'),
    },
  };
  expect(checkLockFile({ lockfileVersion: 3, packages }, {})).toEqual([]);
});

describe('a package with an install script', () => {
  const scripted = { ...usual, version: '1.0.0', integrity: hash, hasInstallScript: true };
  const lockFile: LockFile = { lockfileVersion: 3, packages: { 'node_modules/builder': scripted } };

  it('is accepted by its name only', () => {
    expect(checkLockFile(lockFile, { builder: 'needs none' })).toEqual([]);
    expect(checkLockFile(lockFile, { build: 'needs none' })).toHaveLength(1);
  });

  it('an exception that nothing needs is told', () => {
    expect(checkExceptions(lockFile, { builder: 'needs none' })).toEqual([]);
    expect(checkExceptions(lockFile, { builder: 'needs none', gone: 'was here' })).toMatchObject([
      { place: 'gone' },
    ]);
  });
});

describe('package.json', () => {
  const manifest = (wanted: string) => ({
    dependencies: {},
    devDependencies: { one: '1.0.0', two: wanted },
    optionalDependencies: {},
  });

  it.each(['1.2.3', '0.0.1', '2.0.0-beta.1'])('may want %s', (wanted) => {
    expect(checkManifest(manifest(wanted))).toEqual([]);
  });

  it.each([
    '^1.2.3',
    '~1.2.3',
    '1.2',
    '1.x',
    '*',
    '',
    'latest',
    '>=1.0.0',
    '1.0.0 || 2.0.0',
    '1.0.0 - 2.0.0',
    'npm:other@1.0.0',
    'git+https://example.com/a.git',
    'github:a/b',
    'a/b',
    'file:../two',
    'link:../two',
    'https://example.com/two-1.0.0.tgz',
    'workspace:*',
  ])('may not want %s', (wanted) => {
    expect(checkManifest(manifest(wanted))).toMatchObject([
      { place: 'package.json', problem: expect.stringContaining('devDependencies: two') },
    ]);
  });
});

it.each([
  [[], 2],
  [['ignore-scripts=true', 'min-release-age=7'], 0],
  [['ignore-scripts = true', 'min-release-age = 14'], 0],
  [['ignore-scripts=false', 'min-release-age=7'], 1],
  [['# ignore-scripts=true', 'min-release-age=7'], 1],
  [['ignore-scripts=true', 'min-release-age=0'], 1],
])('.npmrc with %o has so many things wrong: %i', (lines, count) => {
  expect(checkNpmSettings(lines)).toHaveLength(count);
});

it('this project has nothing wrong', () => {
  expect(checkManifest(readManifest('.'))).toEqual([]);
  expect(checkNpmSettings(readNpmSettings('.'))).toEqual([]);
  expect(checkLockFile(readLockFile('.'), withInstallScripts)).toEqual([]);
  expect(checkExceptions(readLockFile('.'), withInstallScripts)).toEqual([]);
});
