import { execFile } from 'node:child_process';
import * as v from 'valibot';

/** How bad a known vulnerability is, in npm's words, the worst first. */
export const severities = ['critical', 'high', 'moderate', 'low', 'info'] as const;

export type Severity = (typeof severities)[number];

/** A package with a known vulnerability, its own or that of a package it uses. */
export interface Vulnerable {
  readonly name: string;
  readonly severity: Severity;
  /** What is known, with an address to read on; empty where it only uses a vulnerable package. */
  readonly advisories: readonly string[];
}

/** What the registry knows, or why that could not be found out. */
export type RegistryAnswer =
  | { readonly kind: 'audited'; readonly vulnerable: readonly Vulnerable[] }
  | { readonly kind: 'not-audited'; readonly reason: string };

/** What is looked at: what goes into the bundles, or that and all tools. */
export type Scope = 'deployed' | 'everything';

const report = v.object({
  vulnerabilities: v.record(
    v.string(),
    v.object({
      severity: v.picklist(severities),
      via: v.array(v.union([v.string(), v.object({ title: v.string(), url: v.string() })])),
    }),
  ),
});

const failure = v.object({ message: v.optional(v.string()), error: v.optional(v.unknown()) });

/** Two tries within a minute: without a registry the answer should not take npm's usual several minutes. */
const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000'];

const leaveOut: Readonly<Record<Scope, readonly string[]>> = {
  deployed: ['--omit=dev', '--omit=optional'],
  everything: [],
};

/** Asks the registry, through `npm audit`, which packages of the lock file have known vulnerabilities. */
export async function askRegistry(folder: string, scope: Scope): Promise<RegistryAnswer> {
  const { stdout, stderr } = await runNpm(folder, ['audit', '--json', ...leaveOut[scope], ...patience]);
  const answer = parseJson(stdout);
  const audited = v.safeParse(report, answer);
  if (!audited.success) return { kind: 'not-audited', reason: reasonIn(answer, stderr) };
  return {
    kind: 'audited',
    vulnerable: Object.entries(audited.output.vulnerabilities)
      .map(([name, { severity, via }]) => ({
        name,
        severity,
        advisories: via.flatMap((one) => (typeof one === 'string' ? [] : [`${one.title} (${one.url})`])),
      }))
      .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
  };
}

function runNpm(
  folder: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile('npm', args, options, (error, stdout, stderr) => {
      // It ends with 1 when it has found something; only a program that could not be started says nothing itself.
      resolve({ stdout, stderr: stderr === '' && stdout === '' ? (error?.message ?? '') : stderr });
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonIn(answer: unknown, stderr: string): string {
  const said = v.safeParse(failure, answer);
  const message = said.success ? said.output.message : undefined;
  const [line] = stderr.split('\n').filter((one) => one.trim() !== '');
  return message ?? line ?? 'npm audit gave no answer';
}
