import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** A file of the page as the browser gets it. */
export interface Asset {
  readonly type: string;
  readonly body: string;
}

const folder = resolve(import.meta.dirname, 'client');
const require = createRequire(import.meta.url);

/** Everything that the browser loads, by path. It loads nothing from anywhere else. */
export async function loadAssets(): Promise<ReadonlyMap<string, Asset>> {
  const [html, style, plotStyle, script] = await Promise.all([
    readFile(resolve(folder, 'page.html'), 'utf8'),
    readFile(resolve(folder, 'page.css'), 'utf8'),
    readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
    bundleScript(),
  ]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: `${plotStyle}\n${style}` }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script }],
  ]);
}

async function bundleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(folder, 'main.tsx')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
