import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of processes that get a share of one processor together. */
export interface ProcessorShare {
  /** The file to which a process writes its id to join. */
  readonly tasks: string;
  /** Call it when its processes have ended. */
  close(): void;
}

const groups = '/sys/fs/cgroup/cpu';
/** Lambda gives the time slices of a share at this rate. */
const periodMicroseconds = 20_000;

/**
 * Makes a group with a share of a processor, by Linux's control groups (version 1, for which one has to be root).
 *
 * @param share of one processor, such as 0.29 for 512 MB of memory
 * @returns undefined where it cannot be had
 */
export function createProcessorShare(share: number): ProcessorShare | undefined {
  const folder = join(groups, `grid-buyer-bench-${process.pid}`);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'cpu.cfs_period_us'), String(periodMicroseconds));
    writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(Math.round(periodMicroseconds * share)));
  } catch {
    if (existsSync(folder)) rmdirSync(folder);
    return undefined;
  }
  return { tasks: join(folder, 'cgroup.procs'), close: () => rmdirSync(folder) };
}
