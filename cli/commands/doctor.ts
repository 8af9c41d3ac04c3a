import { askFunction } from '../../local/keys/ask-function.ts';
import { accountFindings, keyFindings } from '../doctor/exchange-findings.ts';
import { type Finding, fail, ok, warn } from '../doctor/finding.ts';
import { clockFinding, stageFindings } from '../doctor/stage-findings.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { withKeys } from '../keys/key-failure.ts';
import type { Look } from '../output/look.ts';
import { drawFindings } from '../screens/findings-screen.ts';
import type { CommandRun } from '../session.ts';
import type { Target } from '../target/target.ts';
import { readStatus } from './status.ts';

const clockTimeoutMs = 10_000;

/** Looks at everything that has to be right before anything is bought, and says what to do. */
export const run: CommandRun = async (session) => {
  const target = await session.target();
  const findings = await session.waitFor('Looking at everything', async () => [
    ok('target', target.description),
    ...(await stageSide(target, session.look)),
    ...(await exchangeSide(target)),
  ]);
  return {
    data: { healthy: findings.every(({ level }) => level === 'ok'), findings },
    text: (look) => drawFindings(findings, look),
    exitCode: findings.some(({ level }) => level === 'fail') ? exitCodes.findings : 0,
  };
};

/** What this machine and the stage say. */
async function stageSide(target: Target, look: Look): Promise<readonly Finding[]> {
  const accessKeyId = await target.accessKeyId().catch(failureOnly);
  if (accessKeyId instanceof Failure) return [finding('credentials', accessKeyId)];
  const credentials = `access key ${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}`;
  const [clock, status] = await Promise.all([clockOfApi(target), readStatus(target).catch(failureOnly)]);
  if (status instanceof Failure) return [ok('credentials', credentials), clock, finding('api', status)];
  return [ok('credentials', `${credentials}, which the API accepts`), clock, ...stageFindings(status, look)];
}

/** What the exchange says, asked by the function that may read the key. */
async function exchangeSide(target: Target): Promise<readonly Finding[]> {
  try {
    const tools = await target.keyFunction();
    const keys = await withKeys('The exchange was not asked', () => askFunction(tools, 'show'));
    if (!keys.ok || keys.keys.length === 0) return keyFindings(keys);
    const { account } = await withKeys('The exchange was not asked', () => askFunction(tools, 'examine'));
    return [...keyFindings(keys), ...(account === undefined ? [] : accountFindings(account))];
  } catch (error) {
    const { message, details } = failureOnly(error);
    return [
      warn(
        'exchange',
        `${message}${details.why === undefined ? '' : ` (${details.why})`}`,
        'Asking it takes lambda:InvokeFunction on the output PromoteKeyFunctionName.',
      ),
    ];
  }
}

/** A request without a signature is refused, and the refusal tells the time: also where the clock is why others are. */
async function clockOfApi({ apiUrl }: Target): Promise<Finding> {
  try {
    const { headers } = await fetch(`${apiUrl}/status`, { signal: AbortSignal.timeout(clockTimeoutMs) });
    const date = Date.parse(headers.get('date') ?? '');
    return clockFinding(Number.isNaN(date) ? undefined : date - Date.now());
  } catch {
    return clockFinding(undefined);
  }
}

function finding(name: string, { message, details }: Failure): Finding {
  return fail(
    name,
    details.why === undefined ? message : `${message} ${details.why}`,
    details.todo ?? 'See docs/cli.md.',
  );
}

function failureOnly(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
