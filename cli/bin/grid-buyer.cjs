#!/usr/bin/env node
/**
 * Starts the program under Node 24, whichever Node the machine has: the installed dependencies bring their own. It runs
 * under any Node from 20 on, so it uses nothing but Node.
 */
const { spawn, spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { constants } = require('node:os');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = join(__dirname, '..', '..');
const main = join(root, 'cli', 'main.ts');

/** Whether this Node runs TypeScript as it is. */
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;

function bundledNode() {
  const node = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(node) ? node : undefined;
}

/** Ends as the child did: with its exit code, or by its signal. */
function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A Ctrl-C at the terminal reaches both; the child decides what it means.
    process.on(signal, () => (signal === 'SIGINT' ? undefined : child.kill(signal)));
  }
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

if (!existsSync(join(root, 'node_modules', 'commander'))) {
  spawnSync(process.execPath, [join(root, 'local', 'ensure-installed.cjs')], { stdio: 'inherit' });
}
if (isNewEnough) {
  require('node:module').enableCompileCache();
  import(pathToFileURL(main).href);
} else {
  const node = bundledNode();
  if (node === undefined) {
    console.error(`error: grid-buyer needs Node 24, and this is ${process.version}.
  why: the packages for this machine bring none.
  do:  install Node 24 or newer from https://nodejs.org, and run it again.`);
    process.exit(1);
  }
  follow(spawn(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' }));
}
