import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The stack could not be synthesized; the message is what the CDK said. */
class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/**
 * Synthesizes a stage with the CDK's own command line, as a deployment does, into a folder.
 *
 * @param outputFolder not `cdk.out`, which other CDK commands overwrite without the bundles
 */
export async function synthesize(projectFolder: string, outputFolder: string, stage: string): Promise<void> {
  const cdk = join(createRequire(import.meta.url).resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');
  const args = [cdk, 'synth', '--quiet', '--output', outputFolder, '--context', `stage=${stage}`];
  // The CDK starts the app as `node`, which must be this one.
  const env = {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
  };
  const child = spawn(process.execPath, args, { cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitCode !== 0) throw new SynthesisError(Buffer.concat(said).toString('utf8').trim());
}
