import { readFileSync, rmSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { clientOptions } from '../emulators/aws-endpoint.ts';
import { isRunning } from '../emulators/process/is-running.ts';
import { startInvokeEndpoint } from './invoke-endpoint.ts';
import type { LocalService } from './start-local-service.ts';

const credentials = v.object({
  accessKeyId: v.string(),
  secretAccessKey: v.string(),
  sessionToken: v.exactOptional(v.string()),
});
const endpoint = v.object({ endpoint: v.string(), region: v.string(), credentials });

const announcementSchema = v.object({
  processId: v.number(),
  stage: v.string(),
  region: v.string(),
  apiUrl: v.string(),
  tableName: v.string(),
  signingKeySecretArn: v.string(),
  promoteKeyFunctionName: v.string(),
  /** Who may call the API. */
  caller: credentials,
  /** DynamoDB as an administrator sees it. */
  administrator: endpoint,
  secretsManager: endpoint,
  lambda: endpoint,
  exchangeAdminUrl: v.string(),
});

/** How programs on this machine reach a running local service. The keys in it open nothing else. */
export type Announcement = v.InferOutput<typeof announcementSchema>;

/** Where a service is announced, unless the environment variable names another file. */
export function announcementPath(environment: NodeJS.ProcessEnv): string {
  return environment['GRID_BUYER_LOCAL'] ?? resolve(import.meta.dirname, '../../.local/running.json');
}

/**
 * Writes down how the service is reached, for this user only, and opens what people's tools need beside it.
 *
 * @returns takes it back
 */
export async function announce(service: LocalService, path: string): Promise<() => Promise<void>> {
  const { stack, exchange, administrator } = service;
  const [caller] = stack.callerCredentials;
  if (caller === undefined || administrator === undefined) {
    throw new Error('A service without caller or roles cannot be announced.');
  }
  const lambda = await startInvokeEndpoint(stack);
  const announcement: Announcement = {
    processId: process.pid,
    stage: stack.stackName.replace(/^grid-buyer-/, ''),
    region: stack.region,
    apiUrl: stack.apiUrl,
    tableName: stack.output('TableName'),
    signingKeySecretArn: stack.output('SigningKeySecretArn'),
    promoteKeyFunctionName: stack.output('PromoteKeyFunctionName'),
    caller,
    administrator: clientOptions(administrator),
    secretsManager: clientOptions(stack.secretsManager),
    lambda: clientOptions(lambda),
    exchangeAdminUrl: exchange.adminUrl,
  };
  await write(path, announcement);
  return async () => {
    // Another service may have been announced since.
    if (readAnnouncement(path)?.apiUrl === announcement.apiUrl) rmSync(path, { force: true });
    await lambda.close();
  };
}

/** The service that was announced last; undefined if there is none, or its process is gone. */
export function findAnnounced(path: string): Announcement | undefined {
  const announcement = readAnnouncement(path);
  return announcement !== undefined && isRunning(announcement.processId) ? announcement : undefined;
}

async function write(path: string, announcement: Announcement): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // As a whole or not at all: programs may look at any time.
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(announcement, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

function readAnnouncement(path: string): Announcement | undefined {
  try {
    const parsed = v.safeParse(announcementSchema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
