import type { IncomingMessage } from 'node:http';

/** Reads a request's whole body. Beyond `limitBytes` the rest is dropped and the answer is undefined. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= limitBytes ? Buffer.concat(chunks) : undefined;
}
