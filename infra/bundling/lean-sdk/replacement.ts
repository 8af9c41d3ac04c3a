/** What takes the place of a module of the AWS SDK in every bundle. */
export interface Replacement {
  /** The module's file, from its package's name on. */
  readonly module: string;
  /** Why the module is not needed, or not all of it. */
  readonly reason: string;
  /** The text in its place. @param original the text of the module */
  readonly text: (original: string) => string;
}

const declaration = /^export (?:async )?(?:const|let|var|class|function) (\w+\$?)/gm;
const list = /^export \{([^}]*)\}/gm;

/** The names that a module of the SDK exports. */
function exportsOf(original: string): string[] {
  const declared = [...original.matchAll(declaration)].map(([, name = '']) => name);
  const listed = [...original.matchAll(list)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.trim().replace(/^.* as /, ''))
    .filter((name) => name !== '');
  return [...declared, ...listed];
}

/**
 * The text of a module in which some exports are replaced. All others are there, and throw when they are called or constructed.
 *
 * @param instead by name, the value as JavaScript
 */
function withExports(original: string, instead: Readonly<Record<string, string>>): string {
  return exportsOf(original)
    .map((name) => `export const ${name} = ${instead[name] ?? unused(name)};`)
    .join('\n');
}

function unused(name: string): string {
  return `function () { throw new Error('${name} is not in this bundle'); }`;
}

/** A module that is never run. */
export function leftOut(module: string, reason: string): Replacement {
  return { module, reason, text: (original) => withExports(original, {}) };
}

/** A module of which only this is run, and is simpler here. @param instead by name, the value as JavaScript */
export function simpler(
  module: string,
  instead: Readonly<Record<string, string>>,
  reason: string,
): Replacement {
  return { module, reason, text: (original) => withExports(original, instead) };
}
