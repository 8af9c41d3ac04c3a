/** Whether there is a process with this id. */
export function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not permitted means that it exists.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
