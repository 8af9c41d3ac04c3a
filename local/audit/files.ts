import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const versions = v.optional(v.record(v.string(), v.string()), {});

const manifestSchema = v.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});

const lockedPackage = v.object({
  /** Only where a package is installed under another name than its own. */
  name: v.optional(v.string()),
  version: v.optional(v.string()),
  /** Where it comes from; absent where that is the registry. */
  resolved: v.optional(v.string()),
  /** Hash of what is installed, such as `sha512-…`. */
  integrity: v.optional(v.string()),
  /** Whether it comes inside of another package. */
  inBundle: v.optional(v.boolean(), false),
  /** Whether it is a folder of this machine. */
  link: v.optional(v.boolean(), false),
  hasInstallScript: v.optional(v.boolean(), false),
});

const lockFileSchema = v.object({
  lockfileVersion: v.picklist([2, 3], 'must be 2 or 3'),
  packages: v.record(v.string(), lockedPackage),
});

/** What `package.json` asks for. */
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type LockedPackage = v.InferOutput<typeof lockedPackage>;
/** What is installed, each package by its place, such as `node_modules/a/node_modules/b`; the project itself at ``. */
export type LockFile = v.InferOutput<typeof lockFileSchema>;

/** A file of the project is missing or is not what it should be; the message says which, and how. */
export class ProjectFileError extends Error {
  override readonly name = 'ProjectFileError';
}

/** @throws ProjectFileError */
export function readManifest(folder: string): Manifest {
  return readJson(folder, 'package.json', manifestSchema);
}

/** @throws ProjectFileError */
export function readLockFile(folder: string): LockFile {
  return readJson(folder, 'package-lock.json', lockFileSchema);
}

/** The lines of `.npmrc`; none if there is no such file. */
export function readNpmSettings(folder: string): readonly string[] {
  try {
    return readFileSync(join(folder, '.npmrc'), 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}

function readJson<Schema extends v.GenericSchema>(
  folder: string,
  file: string,
  schema: Schema,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, parse(folder, file));
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  throw new ProjectFileError(`${file} cannot be understood. ${problems.join('; ')}`);
}

function parse(folder: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch {
    throw new ProjectFileError(`${file} is missing or is not JSON. Run this in the folder of the project.`);
  }
}
