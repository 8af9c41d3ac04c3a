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

/** Lines that `.npmrc` must have, and what is so without them. */
const npmSettings = [
  {
    line: /^\s*ignore-scripts\s*=\s*true\s*$/,
    problem: 'lets packages run code when they are installed; say ignore-scripts=true',
  },
  {
    line: /^\s*min-release-age\s*=\s*[1-9]\d*\s*$/,
    problem: 'takes versions on the day they are published, before anybody has looked; say min-release-age=7',
  },
];

/** Finds what the settings of npm do not guard against. */
export function checkNpmSettings(lines: readonly string[]): readonly Finding[] {
  return npmSettings
    .filter(({ line }) => !lines.some((one) => line.test(one)))
    .map(({ problem }) => ({ place: '.npmrc', problem }));
}
