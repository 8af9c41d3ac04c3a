/**
 * Installs the dependencies if they are not there, or are not those of the lock file. Runs before everything else
 * and under whatever Node the machine has, so it uses nothing but Node.
 */
const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** The packages of a lock file by place; an empty map if it cannot be read. */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  // npm writes down here what it has installed.
  const present = packagesOf(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    const installed = present[place]?.version;
    return place === '' || installed === version || (installed === undefined && optional === true);
  });
}

if (!isInstalled()) {
  console.error('Installing the dependencies (once, about half a minute) ...');
  const install = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) {
    console.error('npm ci failed. Run it by hand to see why; the service needs the npm registry once.');
    process.exit(1);
  }
}
