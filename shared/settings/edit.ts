import { type Mode, modes } from '../orders/control-port.ts';
import type { Deployment } from './deployment.ts';
import type { Settings } from './settings.ts';

/** A value for the setting at a path such as `spendingLimits.perDay`, as it was typed. */
export interface Assignment {
  readonly path: string;
  readonly value: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Settings whose values are text even where they look like numbers. */
const textual: ReadonlySet<string> = new Set([
  'perOrder',
  'perDay',
  'perMonth',
  'maximumPrice',
  'limitPrice',
  'emergencyPrice',
  'policy',
  'preset',
]);
const topUpPath = /^instruments\.([^.]+)\.topUp\.([^.]+)$/;

/** The mode that people name `live`, `paused` or `dry-run`, in small letters or large ones. */
export function modeNamed(text: string): Mode | undefined {
  const name = text.toUpperCase().replaceAll('-', '_');
  return modes.find((mode) => mode === name);
}

/**
 * Settings with these values, one after the other; to be checked. A first setting of an instrument's `topUp` takes the rest of
 * it from the deployment, and another policy begins without any.
 */
export function withAssignments(
  settings: Settings,
  assignments: readonly Assignment[],
  deployment: Deployment,
): unknown {
  return assignments.reduce((tree: Tree, { path, value }) => {
    const [, symbol, name] = topUpPath.exec(path) ?? [];
    const begun =
      symbol === undefined
        ? tree
        : withTopUp(tree, symbol, name === 'policy' ? value : undefined, deployment);
    return setAt(begun, path.split('.'), typedValue(path, value));
  }, settings);
}

/** Settings without what is at these paths, to be checked; a path at which nothing is set is a problem. */
export function withoutPaths(
  settings: Settings,
  paths: readonly string[],
): { readonly edited: unknown; readonly problems: readonly string[] } {
  let edited: unknown = settings;
  const problems: string[] = [];
  for (const path of paths) {
    const names = path.split('.');
    if (at(edited, names) === undefined) problems.push(`${path}: is not set`);
    else edited = removeAt(edited, names);
  }
  return { edited, problems };
}

function withTopUp(tree: Tree, symbol: string, policy: string | undefined, deployment: Deployment): Tree {
  const path = ['instruments', symbol, 'topUp'];
  const deployed = deployment.instruments.find((one) => one.symbol === symbol)?.topUp;
  const current = at(tree, path) ?? deployed;
  const isOther = policy !== undefined && at(current, ['policy']) !== policy;
  return setAt(tree, path, isOther ? {} : current);
}

function typedValue(path: string, text: string): unknown {
  if (path === 'mode') return modeNamed(text) ?? text;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (textual.has(name)) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(tree: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return tree;
  return isTree(tree) && Object.hasOwn(tree, name) ? at(tree[name], rest) : undefined;
}

function setAt(tree: unknown, [name = '', ...rest]: readonly string[], value: unknown): Tree {
  const fields = isTree(tree) ? tree : {};
  return { ...fields, [name]: rest.length === 0 ? value : setAt(at(fields, [name]), rest, value) };
}

/** With what it leaves empty: an instrument of which nothing is set is not in the settings. */
function removeAt(tree: unknown, [name = '', ...rest]: readonly string[]): Tree {
  const { [name]: removed, ...others } = isTree(tree) ? tree : {};
  const left = rest.length === 0 ? {} : removeAt(removed, rest);
  return Object.keys(left).length === 0 ? others : { ...others, [name]: left };
}
