import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { listenOnLoopback } from '../../local/emulators/loopback/listen.ts';
import { announce, findAnnounced } from '../../local/service/announcement.ts';
import { useLocalService } from '../support/local-service.ts';
import { type DeployedStage, startDeployedStage } from './support/deployed-stage.ts';
import { jsonOf, startGridBuyer } from './support/program.ts';

const underTest = useLocalService({ expectDenials: true });
const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-stage-'));
const announcement = join(folder, 'running.json');
let deployed: DeployedStage;
let conceal: () => Promise<void>;
let callerEnvironment: Readonly<Record<string, string>>;
let administratorEnvironment: Readonly<Record<string, string>>;

beforeAll(async () => {
  conceal = await announce(underTest().service, announcement);
  const running = findAnnounced(announcement);
  if (running === undefined) throw new Error('The service was announced.');
  deployed = await startDeployedStage('production', running);
  const environmentOf = ({
    accessKeyId,
    secretAccessKey,
    sessionToken = '',
  }: (typeof running)['caller']) => ({
    ...deployed.environment,
    AWS_REGION: running.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === '' ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  });
  callerEnvironment = environmentOf(running.caller);
  administratorEnvironment = environmentOf(running.administrator.credentials);
});
afterAll(async () => {
  await deployed.close();
  await conceal();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  deployed.alarms = [];
  deployed.refusal = undefined;
});

const runWith = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  startGridBuyer(args, { cwd: folder, env }).result;
const run = (...args: string[]) => runWith(callerEnvironment, ...args, '--stage', 'production');

it('finds a deployed stage by the outputs of its stack, and shows its alarms and no others', async () => {
  deployed.alarms = [
    { AlarmName: 'grid-buyer-production-breaker-open', AlarmDescription: 'PAGE: Buying is stopped.' },
    { AlarmName: 'grid-buyer-production-eu-breaker-open', AlarmDescription: 'PAGE: Another stage.' },
  ];
  const { exitCode, stdout } = await run('status');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Stage production in eu-west-1 /);
  expect(stdout).toMatch(
    /\nAlarms 1\n● grid-buyer-production-breaker-open since .*\n {2}PAGE: Buying is stopped\.\n$/,
  );
  expect(stdout).not.toContain('Another stage');
});

it('a stage can be named by the environment, and wins over a local stack only if it is named', async () => {
  const env = { ...callerEnvironment, GRID_BUYER_LOCAL: announcement };
  const named = await runWith({ ...env, GRID_BUYER_STAGE: 'production' }, 'status', '--json');
  expect(jsonOf(named)).toMatchObject({ alarms: [] });
  const local = await runWith({ ...env, GRID_BUYER_STAGE: 'production' }, 'status', '--json', '--local');
  expect(jsonOf(local)).toMatchObject({ alarms: null });
  expect(jsonOf(await runWith(env, 'status', '--json'))).toMatchObject({ alarms: null });
});

it('administrators stop and resume with the role that may, and nobody else does', async () => {
  await run('stop', '--reason', 'a drill');
  expect((await run('resume', '--reason', 'it is over', '--yes')).exitCode).toBe(5);
  expect(jsonOf(await run('status', '--json'))).toMatchObject({ stoppedBy: 'BREAKER' });

  const resumed = await runWith(
    administratorEnvironment,
    'resume',
    '--reason',
    'it is over',
    '--yes',
    '--stage',
    'production',
  );
  expect(resumed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('buys again') });
  expect(jsonOf(await run('status', '--json'))).toMatchObject({
    stoppedBy: null,
    settingsReason: 'it is over',
  });
});

it.each([
  [
    'a stage that is not deployed',
    ['--stage', 'staging'],
    {},
    3,
    'Stage staging is not deployed in eu-west-1.',
  ],
  [
    'a region that is none',
    ['--stage', 'production', '--region', 'europe'],
    {},
    2,
    '"europe" is not the name of a region.',
  ],
  [
    'no region',
    ['--stage', 'production'],
    { AWS_REGION: '' },
    2,
    'It is not clear in which region the stage is.',
  ],
  [
    'no credentials',
    ['--stage', 'production'],
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    5,
    'there are no AWS credentials that work',
  ],
  [
    'a profile that is none',
    ['--stage', 'production', '--profile', 'nobody'],
    {},
    5,
    'there are no AWS credentials that work',
  ],
  ['a name that is none', ['--stage', 'Prod_1'], {}, 2, '"Prod_1" is not the name of a stage.'],
  [
    'nobody at the other end',
    ['--stage', 'production'],
    { AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:9' },
    6,
    'AWS cannot be reached',
  ],
] as const)('%s ends with one message', async (_, args, env, code, message) => {
  const { exitCode, stdout, stderr } = await runWith({ ...callerEnvironment, ...env }, 'status', ...args);
  expect(stderr).toContain(message);
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
});

it('credentials that have run out are said to have', async () => {
  deployed.refusal = { status: 403, code: 'ExpiredToken', message: 'The security token is expired' };
  expect(await run('status')).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('ExpiredToken') });
});

it('credentials that may not call the API are told apart from a network that is away', async () => {
  const stranger = { ...callerEnvironment, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7STRANGE' };
  const before = underTest().service.exchange.admin.truth().calls.orderPosts;
  const args = ['buy', 'chat-prime', '1', '--price', '2.50', '--yes', '--stage', 'production'];
  expect(await runWith(stranger, ...args)).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('stage production in eu-west-1 refuses the request.'),
  });
  expect(await runWith(stranger, 'doctor', '--stage', 'production')).toMatchObject({
    exitCode: 8,
    stdout: expect.stringMatching(/fail {2}api +stage production in eu-west-1 refuses the request\./),
  });
  expect(underTest().service.exchange.admin.truth().calls.orderPosts).toBe(before);
});

it('an order of which no word came back is unclear, never simply failed', async () => {
  const { body: status } = await underTest().service.api.get('/status');
  // It hangs up in the middle of the order, which may have been sent.
  const api = await listenOnLoopback((request, response) => {
    if (request.method === 'POST') request.socket.destroy();
    else response.end(JSON.stringify(status));
  });
  const file = join(folder, 'hanging.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(announcement, 'utf8')), apiUrl: api.url }));
  const order = ['buy', 'chat-prime', '1', '--price', '2.50', '--yes', '--key', 'my-order-of-today'];
  const result = await runWith({ GRID_BUYER_LOCAL: file }, ...order, '--json');
  await api.close();
  expect(result.exitCode).toBe(7);
  expect(jsonOf(result, 'stderr')).toMatchObject({
    error: {
      kind: 'unclear',
      idempotencyKey: 'my-order-of-today',
      todo: expect.stringContaining('--key my-order-of-today'),
    },
  });
});
