import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, listenOnLoopback } from '../../../local/emulators/loopback/listen.ts';
import { readBody } from '../../../local/emulators/loopback/read-body.ts';
import { type ProgramResult, startCommand } from '../../support/run-program.ts';

const device = 'arn:aws:iam::123456789012:mfa/somebody';
/** Gives programs a terminal. */
const terminalMaker = '/usr/bin/script';
const control = resolve('local/control/main.ts');

let folder: string;
let server: LoopbackServer;
let asked: { body: string; authorization: string }[] = [];

/** Gives a session to whoever assumes the role, and knows no table. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grid-buyer-profile-'));
  server = await listenOnLoopback(async (request, response) => {
    const body = (await readBody(request, 100_000))?.toString('utf8') ?? '';
    asked.push({ body, authorization: request.headers.authorization ?? '' });
    if (!body.startsWith('Action=AssumeRole') && !body.includes('Action=AssumeRole')) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"none"}',
      );
      return;
    }
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>ASIAOFTHEROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
      <SessionToken>role-session</SessionToken><Expiration>${expires}</Expiration></Credentials>
      <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/admin/x</Arn><AssumedRoleId>A:x</AssumedRoleId></AssumedRoleUser>
      </AssumeRoleResult></AssumeRoleResponse>`);
  });
  writeFileSync(
    join(folder, 'credentials'),
    '[base]\naws_access_key_id = AKIAOFPERSON\naws_secret_access_key = secret\n',
  );
  writeFileSync(
    join(folder, 'config'),
    `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\nmfa_serial = ${device}\nregion = eu-west-1\n`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

const environment = () => ({
  PATH: process.env['PATH'],
  AWS_PROFILE: 'admin',
  AWS_REGION: 'eu-west-1',
  AWS_CONFIG_FILE: join(folder, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  AWS_ENDPOINT_URL_STS: server.url,
  AWS_ENDPOINT_URL_DYNAMODB: server.url,
  AWS_EC2_METADATA_DISABLED: 'true',
});

describe('a profile whose role takes a second factor', () => {
  it.skipIf(!existsSync(terminalMaker))('has its code asked for at a terminal, and is used', async () => {
    const line = `${process.execPath} ${control} show --table some-table`;
    const program = startCommand(terminalMaker, ['-qec', line, '/dev/null'], {
      env: environment(),
      isAsked: true,
    });
    await program.until(/Code of your second factor/);
    program.child.stdin?.write('123456\n');
    const { stdout } = await program.result;
    expect(stdout).toContain(device);
    expect(asked[0]?.body).toContain('TokenCode=123456');
    expect(asked[0]?.body).toContain(encodeURIComponent(device));
    expect(asked[1]?.authorization).toContain('Credential=ASIAOFTHEROLE/');
    expect(stdout).toContain('ResourceNotFoundException');
  });

  it('is not used where nobody can type the code, and says so', async () => {
    const args = [control, 'show', '--table', 'some-table'];
    const { exitCode, stderr }: ProgramResult = await startCommand(process.execPath, args, {
      env: environment(),
    }).result;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `The profile takes a code of the second factor ${device}: run this in a terminal.\n`,
    });
    expect(asked).toEqual([]);
  });
});
