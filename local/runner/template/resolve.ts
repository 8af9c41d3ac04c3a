import type { References } from './references.ts';
import { Unresolvable } from './unresolvable.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Resolves one intrinsic function. Its argument is given as written in the template. */
type Intrinsic = (argument: unknown, references: References) => unknown;

/**
 * Replaces the intrinsic functions in a value of a template.
 * What cannot be resolved becomes an `Unresolvable` in its place, and whatever is joined with it too.
 */
export function resolveValue(value: unknown, references: References): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolveValue(item, references));
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics.get(name);
    if (intrinsic === undefined) return new Unresolvable(`${name} is not supported`);
    return intrinsic(value[name], references);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveValue(item, references)]),
  );
}

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', (argument, references) => resolveRef(String(argument), references)],
  ['Fn::GetAtt', resolveGetAtt],
  ['Fn::Join', resolveJoin],
  ['Fn::Sub', resolveSub],
  ['Fn::Select', resolveSelect],
  ['Fn::Split', resolveSplit],
]);

function resolveRef(name: string, references: References): unknown {
  const value = references.parameters.get(name) ?? references.resources.get(name)?.ref;
  if (value !== undefined) return value;
  if (name in references.template.Parameters) return new Unresolvable(`parameter ${name} has no value here`);
  return new Unresolvable(`Ref ${name}${typeNote(name, references)} is not known here`);
}

function resolveGetAtt(argument: unknown, references: References): unknown {
  const [logicalId = '', ...path] = typeof argument === 'string' ? argument.split('.') : strings(argument);
  const attribute = path.join('.');
  const value = references.resources.get(logicalId)?.attributes[attribute];
  if (value !== undefined) return value;
  return new Unresolvable(`${logicalId}.${attribute}${typeNote(logicalId, references)} is not known here`);
}

function resolveJoin(argument: unknown, references: References): unknown {
  const [separator, items] = pair(argument);
  const parts = resolveValue(items, references);
  if (parts instanceof Unresolvable) return parts;
  if (!Array.isArray(parts)) return new Unresolvable('Fn::Join needs a list');
  return joined(parts, String(separator));
}

function resolveSub(argument: unknown, references: References): unknown {
  const [text, variables] = typeof argument === 'string' ? [argument, {}] : pair(argument);
  if (typeof text !== 'string') return new Unresolvable('Fn::Sub needs a text');
  const own = isObject(variables) ? variables : {};
  // Odd parts are the names between the braces.
  const parts = text.split(/\$\{([^}]+)\}/).map((part, index) => {
    if (index % 2 === 0) return part;
    if (part.startsWith('!')) return `\${${part.slice(1)}}`;
    if (part in own) return resolveValue(own[part], references);
    return part.includes('.') ? resolveGetAtt(part, references) : resolveRef(part, references);
  });
  return joined(parts, '');
}

function resolveSelect(argument: unknown, references: References): unknown {
  const [index, list] = pair(argument);
  const items = resolveValue(list, references);
  if (items instanceof Unresolvable) return items;
  const item: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  return item ?? new Unresolvable(`Fn::Select finds nothing at ${String(index)}`);
}

function resolveSplit(argument: unknown, references: References): unknown {
  const [separator, source] = pair(argument);
  const text = resolveValue(source, references);
  if (text instanceof Unresolvable) return text;
  return typeof text === 'string'
    ? text.split(String(separator))
    : new Unresolvable('Fn::Split needs a text');
}

function joined(parts: readonly unknown[], separator: string): unknown {
  const unknownPart = parts.find((part) => part instanceof Unresolvable);
  return unknownPart ?? parts.map(String).join(separator);
}

function typeNote(logicalId: string, { template }: References): string {
  const resource = template.Resources[logicalId];
  return resource === undefined ? '' : ` (${resource.Type})`;
}

function pair(value: unknown): [unknown, unknown] {
  return Array.isArray(value) ? [value[0], value[1]] : [undefined, undefined];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !(value instanceof Unresolvable);
}
