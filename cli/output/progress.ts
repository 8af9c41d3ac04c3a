const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 80;
/** What is done within this time needs no word about it. */
const silentMs = 400;

/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Says what is being waited for while it takes, on a terminal only. */
export async function withProgress<T>(
  stream: ProgressStream,
  words: string,
  work: () => Promise<T>,
): Promise<T> {
  if (stream.isTTY !== true) return work();
  const startedAt = performance.now();
  let shown = 0;
  const timer = setInterval(() => {
    if (performance.now() - startedAt < silentMs) return;
    stream.write(`\r${frames[shown % frames.length]} ${words}\u001b[K`);
    shown += 1;
  }, frameMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown > 0) stream.write('\r\u001b[K');
  }
}
