import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The DynamoDB engines that come as a program inside an npm package. */
export type EmbeddedEngine = 'extenddb' | 'dynoxide';

const require = createRequire(import.meta.url);

/**
 * Path of an engine's program for this platform.
 * @throws when the platform has none; the message says what to do instead.
 */
export function engineBinary(engine: EmbeddedEngine): string {
  const packageName = `@${engine}/${process.platform}-${process.arch}`;
  const folder = packageFolder(packageName);
  const binary = folder === undefined ? undefined : join(folder, engine);
  if (binary === undefined || !existsSync(binary)) throw new Error(missingMessage(engine, packageName));
  return binary;
}

function packageFolder(packageName: string): string | undefined {
  try {
    return dirname(require.resolve(`${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

function missingMessage(engine: EmbeddedEngine, packageName: string): string {
  return [
    `The DynamoDB engine ${engine} is not installed for ${process.platform}-${process.arch} (${packageName}).`,
    'Start any DynamoDB-compatible server yourself, for example Amazon DynamoDB Local, and set',
    'GRID_BUYER_DYNAMODB_ENDPOINT=http://127.0.0.1:8000 (credentials from AWS_ACCESS_KEY_ID and',
    'AWS_SECRET_ACCESS_KEY, or harmless defaults).',
  ].join('\n');
}
