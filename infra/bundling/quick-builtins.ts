import { builtinModules } from 'node:module';
import type { OnResolveArgs, Plugin } from 'esbuild';

const namespace = 'quick-builtins';
/** Marks a module that is handed on as one object. */
const whole = '?whole';
const identifier = /^[A-Za-z_$][\w$]*$/;
const builtinName = new RegExp(
  `^(?:node:)?(?:${builtinModules.map((name) => name.replace(/^node:/, '')).join('|')})$`,
);

/**
 * Takes Node's own modules without an `import` statement.
 *
 * An ESM import of a built-in reads every one of its exports, and many of them are loaded only when they are read: those of
 * `http` bring in `undici` (nodejs/node#59686), those of `process` and `fs` a dozen modules more, for 50 ms of every cold
 * start that nothing here asks for. `process.getBuiltinModule` hands out the same object, of which only what is used is
 * read.
 */
export const quickBuiltins: Plugin = {
  name: namespace,
  setup(build) {
    build.onResolve({ filter: builtinName }, ({ path, kind }) => ({
      path: path.replace(/^(?:node:)?/, 'node:'),
      namespace,
      suffix: takesAll(kind) ? whole : '',
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path, suffix }) => ({
      contents: suffix === whole ? `module.exports = ${builtin(path)};` : exportsByName(path),
      loader: 'js',
    }));
  },
};

function takesAll(kind: OnResolveArgs['kind']): boolean {
  return kind === 'dynamic-import' || kind === 'require-call';
}

function builtin(path: string): string {
  return `process.getBuiltinModule(${JSON.stringify(path)})`;
}

/** Each export is read by a call that esbuild may leave out where nobody imports the name. */
function exportsByName(path: string): string {
  const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => identifier.test(name));
  return [
    `const builtin = /* @__PURE__ */ ${builtin(path)};`,
    'const read = (name) => builtin[name];',
    'export { builtin as default };',
    ...names
      .filter((name) => name !== 'default')
      .map((name) => `const _${name} = /* @__PURE__ */ read('${name}'); export { _${name} as ${name} };`),
  ].join('\n');
}
