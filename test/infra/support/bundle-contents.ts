import type { Metafile } from 'esbuild';
import { type FunctionName, functionNames } from '../../../infra/function-names.ts';

/** A source that a bundle has something of. */
export interface BundledSource {
  /** Its path in the project; for what a plugin of ours makes up, `<plugin>:<what it stands for>`. */
  readonly path: string;
  /** Bytes of the bundle that come of it. */
  readonly bytes: number;
}

/** A package that a bundle has something of. */
export interface BundledPackage {
  readonly name: string;
  /** Where it is installed; of two versions of a package each has its own. */
  readonly place: string;
  readonly bytes: number;
}

/** What is in the bundle of a function. */
export interface BundleContents {
  readonly name: FunctionName;
  readonly bytes: number;
  /** Sources of our own. */
  readonly own: readonly BundledSource[];
  readonly packages: readonly BundledPackage[];
  /** All of them, as esbuild lists them. */
  readonly sources: readonly BundledSource[];
  /** What is not in it and is asked of Node. */
  readonly imports: readonly string[];
}

const inPackage = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** What is in the bundle of each function, as esbuild says. */
export function bundleContents(metafile: Metafile): readonly BundleContents[] {
  return functionNames.map((name) => {
    const output = Object.entries(metafile.outputs).find(([path]) =>
      path.endsWith(`/${name}/index.mjs`),
    )?.[1];
    if (output === undefined) throw new Error(`esbuild says nothing of ${name}`);
    const sources = Object.entries(output.inputs)
      .map(([path, { bytesInOutput: bytes }]) => ({ path, bytes }))
      .filter(({ bytes }) => bytes > 0);
    return {
      name,
      bytes: output.bytes,
      sources,
      own: sources.filter(({ path }) => !inPackage.test(path)),
      packages: packagesIn(sources),
      imports: output.imports.map(({ path }) => path),
    };
  });
}

function packagesIn(sources: readonly BundledSource[]): readonly BundledPackage[] {
  const packages = new Map<string, BundledPackage>();
  for (const { path, bytes } of sources) {
    const [, place, name] = inPackage.exec(path) ?? [];
    if (place === undefined || name === undefined) continue;
    packages.set(place, { name, place, bytes: bytes + (packages.get(place)?.bytes ?? 0) });
  }
  return [...packages.values()].toSorted((a, b) => (a.place < b.place ? -1 : 1));
}
