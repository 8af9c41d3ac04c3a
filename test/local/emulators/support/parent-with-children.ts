import { spawnOwned } from '../../../../local/emulators/process/spawn-owned.ts';

/** Starts two children, freezes the second, writes their process ids and then only waits. */
const children = [1, 2].map(() =>
  spawnOwned(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }),
);
children[1]?.kill('SIGSTOP');
process.stdout.write(`${children.map(({ pid }) => pid).join(' ')}\n`);
setInterval(() => {}, 1000);
