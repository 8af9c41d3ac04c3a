import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

type Json = Readonly<Record<string, unknown>>;

const hash = `sha512-${'A'.repeat(86)}==`;

/** An entry of a lock file as npm writes it. */
export function locked(version: string, more: Json = {}): Json {
  return { version, integrity: hash, ...more };
}

/** A project with nothing wrong: one package that is deployed, a tool, a program for one kind of machine. */
const soundManifest = {
  name: 'sound',
  version: '1.0.0',
  dependencies: { 'deployed-one': '1.2.3' },
  devDependencies: { 'a-tool': '4.5.6' },
  optionalDependencies: { 'a-program': '7.8.9' },
};

const soundPackages: Readonly<Record<string, Json>> = {
  '': soundManifest,
  'node_modules/a-program': locked('7.8.9', { optional: true }),
  'node_modules/a-tool': locked('4.5.6', { dev: true, dependencies: { '@scope/used': '^2.0.0' } }),
  'node_modules/@scope/used': locked('2.0.1', { dev: true }),
  // The two that may have a script.
  'node_modules/aws-lambda-ric': locked('4.0.2', { dev: true, hasInstallScript: true }),
  'node_modules/deployed-one': locked('1.2.3', {
    resolved: 'https://registry.npmjs.org/deployed-one/-/deployed-one-1.2.3.tgz',
  }),
  'node_modules/deployed-one/node_modules/inside': { version: '1.0.0', inBundle: true },
  'node_modules/esbuild': locked('0.28.2', { dev: true, hasInstallScript: true }),
};

/** A project in a folder, with these changes to a sound one. */
export function writeProject(
  folder: string,
  changes: { readonly manifest?: Json; readonly packages?: Json; readonly npmrc?: string } = {},
): void {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  write('package.json', { ...soundManifest, ...changes.manifest });
  write('package-lock.json', {
    name: 'sound',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { ...soundPackages, ...changes.packages },
  });
  write('.npmrc', changes.npmrc ?? 'ignore-scripts=true\nmin-release-age=7\n');
}

/** What the registry says is wrong with a package. */
export interface Advisory {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: string;
  readonly vulnerable_versions: string;
}

export interface LocalRegistry {
  readonly url: string;
  /** What it was asked about: versions by package, one object for each question. */
  readonly questions: unknown[];
  close(): Promise<void>;
}

/** A registry on this machine that knows these advisories; without any, one that cannot be asked for them. */
export async function startRegistry(
  advisories: Readonly<Record<string, readonly Advisory[]>> | undefined,
): Promise<LocalRegistry> {
  const questions: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isQuestion = request.method === 'POST' && request.url === '/-/npm/v1/security/advisories/bulk';
      if (!isQuestion || advisories === undefined) {
        response.writeHead(isQuestion ? 405 : 404).end();
        return;
      }
      const asked = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString('utf8')) as Json;
      questions.push(asked);
      const known = Object.entries(advisories).filter(([name]) => name in asked);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(Object.fromEntries(known)));
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    questions,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
