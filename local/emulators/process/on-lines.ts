import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Calls back with each full line of a stream, and with what is left when the stream ends. */
export function onLines(stream: Readable | null, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  stream?.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream?.once('end', () => {
    take(decoder.end());
    if (rest !== '') onLine(rest);
  });
}
