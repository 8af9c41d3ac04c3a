import {
  askRegistry,
  type RegistryAnswer,
  type Severity,
  severities,
  type Vulnerable,
} from './ask-registry.ts';
import { checkExceptions, checkLockFile } from './check-lock-file.ts';
import { checkManifest, checkNpmSettings, versionsOf } from './check-manifest.ts';
import { ProjectFileError, readLockFile, readManifest, readNpmSettings } from './files.ts';
import type { Finding } from './finding.ts';
import { withInstallScripts } from './install-scripts.ts';

const usage = `Checks what the project depends on.

  npm run audit

That package.json names exact versions, that the lock file holds each package to a hash and to the npm registry and none
has an install script, and which known vulnerabilities there are.

Ends with 0 if all is well, with 1 if something is wrong or what is deployed has a vulnerability that is high or critical,
and with 2 if all else is well and the registry could not be asked for vulnerabilities.
`;

const exitCodes = { clean: 0, findings: 1, notAudited: 2 } as const;

/** What stops a deployment; the rest is told. */
const grave: ReadonlySet<Severity> = new Set(['critical', 'high']);

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is wrong with the project's own files; told as it is found. */
function auditFiles(folder: string): readonly Finding[] {
  const manifest = readManifest(folder);
  const lockFile = readLockFile(folder);
  const findings = [
    ...checkManifest(manifest),
    ...checkNpmSettings(readNpmSettings(folder)),
    ...checkLockFile(lockFile, withInstallScripts),
    ...checkExceptions(lockFile, withInstallScripts),
  ];
  const packages = Object.keys(lockFile.packages).filter((place) => place !== '').length;
  write(
    `Versions:         ${versionsOf(manifest).length} in package.json, ${packages} packages in package-lock.json`,
  );
  write(`Wrong with them:  ${findings.length === 0 ? 'nothing' : findings.length}`);
  for (const { place, problem } of findings) write(`  - ${place} ${problem}`);
  return findings;
}

function tell(what: string, answer: RegistryAnswer): void {
  if (answer.kind === 'not-audited') {
    write(`${what} could not be audited: ${answer.reason}`);
    return;
  }
  const counts = severities
    .map((severity) => ({
      severity,
      count: answer.vulnerable.filter((one) => one.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  write(`${what} ${counts.length === 0 ? 'no known vulnerability' : counts.join(', ')}`);
  for (const { name, severity, advisories } of answer.vulnerable) {
    write(`  - ${name} (${severity}): ${advisories.join('; ') || 'uses one of the others'}`);
  }
}

function isGrave({ severity }: Vulnerable): boolean {
  return grave.has(severity);
}

async function audit(folder: string): Promise<number> {
  const findings = auditFiles(folder);
  const deployed = await askRegistry(folder, 'deployed');
  tell('What is deployed:', deployed);
  // What has kept one question from being answered would keep the other one too, after a while.
  const everything = deployed.kind === 'audited' ? await askRegistry(folder, 'everything') : deployed;
  if (deployed.kind === 'audited') tell('With all tools:  ', everything);
  if (findings.length > 0) return exitCodes.findings;
  if (deployed.kind === 'audited' && deployed.vulnerable.some(isGrave)) return exitCodes.findings;
  if (deployed.kind === 'audited' && everything.kind === 'audited') return exitCodes.clean;
  write('Known vulnerabilities: NOT AUDITED. Repeat this where the npm registry can be reached.');
  return exitCodes.notAudited;
}

try {
  if (process.argv.includes('--help')) write(usage.trimEnd());
  else process.exitCode = await audit(process.cwd());
} catch (error) {
  if (!(error instanceof ProjectFileError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = exitCodes.findings;
}
