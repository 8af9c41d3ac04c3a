import type { Manifest } from './files.ts';
import type { Finding } from './finding.ts';

const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Finds every dependency that `package.json` does not ask for in one exact version. */
export function checkManifest(manifest: Manifest): readonly Finding[] {
  return versionsOf(manifest)
    .filter(({ version }) => !exactVersion.test(version))
    .map(({ kind, name, version }) => ({
      place: 'package.json',
      problem: `${kind}: ${name} is wanted as ${JSON.stringify(version)}; name one exact version of the registry`,
    }));
}

/** Every dependency of every kind. */
export function versionsOf(
  manifest: Manifest,
): readonly { readonly kind: string; readonly name: string; readonly version: string }[] {
  return Object.entries(manifest).flatMap(([kind, versions]) =>
    Object.entries(versions).map(([name, version]) => ({ kind, name, version })),
  );
}

/** Finds whether an installation would run the scripts of packages. */
export function checkNpmSettings(lines: readonly string[]): readonly Finding[] {
  if (lines.some((line) => /^\s*ignore-scripts\s*=\s*true\s*$/.test(line))) return [];
  return [
    { place: '.npmrc', problem: 'lets packages run code when they are installed; say ignore-scripts=true' },
  ];
}
