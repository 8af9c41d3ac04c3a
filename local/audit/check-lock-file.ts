import type { LockedPackage, LockFile } from './files.ts';
import type { Finding } from './finding.ts';

/**
 * Finds every package of the lock file that could be another one tomorrow, that comes from elsewhere than the registry, or
 * that would run code when it is installed.
 *
 * @param accepted packages that may have an install script, with the reason
 */
export function checkLockFile(
  { packages }: LockFile,
  accepted: Readonly<Record<string, string>>,
): readonly Finding[] {
  return Object.entries(packages).flatMap(([place, locked]) => {
    // The project itself.
    if (place === '') return [];
    const name = nameAt(place);
    const problems = [
      ...problemsOfOrigin(locked.name ?? name, locked),
      ...(hasHash(place, packages)
        ? []
        : ['has no sha512 hash; let npm add it: npm install --package-lock-only']),
      ...(locked.hasInstallScript && !(name in accepted)
        ? ['has an install script; do without the package, or add it to local/audit/install-scripts.ts']
        : []),
    ];
    return problems.map((problem) => ({ place, problem }));
  });
}

/** Exceptions for packages that have no install script, or are not there: they would hide the next one. */
export function checkExceptions(
  { packages }: LockFile,
  accepted: Readonly<Record<string, string>>,
): readonly Finding[] {
  const withScript = new Set(
    Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => nameAt(place)),
  );
  return Object.keys(accepted)
    .filter((name) => !withScript.has(name))
    .map((name) => ({
      place: name,
      problem: 'needs no exception any more; remove it from local/audit/install-scripts.ts',
    }));
}

/** The name that a package is installed under: `node_modules/a/node_modules/@b/c` holds `@b/c`. */
function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function problemsOfOrigin(name: string, { resolved, version, link }: LockedPackage): readonly string[] {
  if (link) return ['is a folder of this machine, which others do not have'];
  if (version === undefined) return ['has no version'];
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
  if (resolved === undefined || resolved === `https://registry.npmjs.org/${name}/-/${file}`) return [];
  return [`comes from ${resolved}, not from the npm registry`];
}

/** Whether a package is held to a hash: its own, or that of the package it comes inside of. */
function hasHash(place: string, packages: LockFile['packages']): boolean {
  const locked = packages[place];
  if (locked === undefined) return false;
  if (!locked.inBundle) return /^sha512-[A-Za-z0-9+/]{86}==$/.test(locked.integrity ?? '');
  return hasHash(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), packages);
}
