import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleFunctions } from '../../../infra/bundling/bundle-functions.ts';
import { bundleOptions } from '../../../infra/bundling/bundle-options.ts';
import { grantsOf } from '../../../infra/function-grants.ts';
import { type FunctionName, functionNames } from '../../../infra/function-names.ts';
import { type BundleContents, bundleContents } from '../support/bundle-contents.ts';
import { keyLike } from '../support/key-like.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What each function may be made of: rooms of our own or single files of them, and packages. */
interface Allowance {
  readonly own: readonly string[];
  readonly packages: readonly string[];
}

/** Answering a request and logging it; the files are of errors that are told apart by their class. */
const answering: Allowance = {
  own: [
    'shared/http',
    'shared/observability',
    'shared/configuration',
    'shared/composition/deadline.ts',
    'shared/orders/store-port.ts',
    'shared/exchange/read-error.ts',
    'shared/secrets/signing-key-unavailable-error.ts',
  ],
  packages: ['@middy/core'],
};

/** Reading the environment and calling a service of AWS. */
const callingAws: Allowance = {
  own: ['shared/aws', 'shared/transport', 'shared/time', 'shared/ledger/decimal.ts'],
  packages: ['valibot', '@smithy/core', '@smithy/signature-v4'],
};

/** Keeping records. */
const usingTable: Allowance = {
  own: ['shared/store', 'shared/ledger', 'shared/orders'],
  packages: ['@aws-sdk/client-dynamodb'],
};

/** Using the signing key. */
const signing: Allowance = {
  own: ['shared/signing', 'shared/secrets', 'shared/exchange'],
  packages: ['@aws-sdk/client-secrets-manager'],
};

const trading: Allowance = {
  own: ['shared/composition/exchange-access.ts', 'shared/composition/at-start.ts'],
  packages: [],
};

/** Understanding the settings in force, with how they may say that an instrument is topped up. */
const knowingSettings: Allowance = {
  own: ['shared/settings', 'shared/top-up/policy/parameters.ts'],
  packages: [],
};

const stopping: Allowance = { own: ['shared/composition/breaker.ts'], packages: [] };
const keepingOrders: Allowance = { own: ['shared/composition/orders.ts'], packages: [] };
const keepingTopUps: Allowance = { own: ['shared/composition/top-up-records.ts'], packages: [] };
const reserving: Allowance = { own: ['shared/top-up/reservations'], packages: [] };
const readingSettings: Allowance = { own: ['shared/composition/settings.ts'], packages: [] };

const checking: Allowance = {
  own: [
    'shared/top-up',
    'shared/transfers',
    'shared/composition/balance-check.ts',
    'shared/composition/check-report.ts',
    'shared/composition/check-terms.ts',
    'shared/composition/order-table.ts',
    'shared/composition/read-accounts.ts',
  ],
  packages: [],
};

const changingKeys: Allowance = {
  own: ['shared/keys', 'shared/composition/key-management.ts'],
  packages: [],
};

const lookingAtStage: Allowance = {
  own: ['shared/composition/stage-status.ts', 'shared/top-up/stage-status.ts'],
  packages: [],
};

const examiningAccount: Allowance = {
  own: ['shared/composition/account-examination.ts'],
  packages: [],
};

const servesFromTable = [answering, callingAws, usingTable];
const trades = [...servesFromTable, signing, trading];
const checks = [...trades, keepingTopUps, checking, knowingSettings];
const keepsTopUps = [...servesFromTable, keepingTopUps];

/** Each function has besides its own folder. */
const allowances: Readonly<Record<FunctionName, readonly Allowance[]>> = {
  'place-order': [...trades, keepingOrders, knowingSettings],
  'cancel-order': [...trades, keepingOrders],
  'check-balances': checks,
  'check-now': checks,
  'read-orders': [...servesFromTable, keepingOrders],
  'read-balances': keepsTopUps,
  'read-decisions': keepsTopUps,
  'read-status': [...keepsTopUps, keepingOrders, knowingSettings, lookingAtStage],
  'make-reservation': [...keepsTopUps, reserving, readingSettings, knowingSettings],
  'read-reservations': [...keepsTopUps, reserving],
  'cancel-reservation': [...keepsTopUps, reserving],
  stop: [...servesFromTable, stopping],
  'promote-key': [answering, callingAws, signing, changingKeys, examiningAccount],
  'answer-unknown': [answering],
};

/** What sends orders and transfers, and what asks the exchange for anything. */
const sendsOrders = /^shared\/exchange\/(send-|signed-post|client)/;
const reachesExchange = /^shared\/exchange\/(transport|signed-requests|client)/;
const readsKey = /^shared\/(signing\/|secrets\/load-signing-key)/;

/** Our TypeScript, JavaScript of packages, and the name and version by which an SDK's client makes itself known. */
const isCode =
  /^(?:functions|shared)\/.*\.ts$|^node_modules\/.*\.[cm]?js$|^node_modules\/@aws-sdk\/client-[a-z-]+\/package\.json$/;

const outputFolder = join(temporaryFolder(), 'bundles');
let contents: readonly BundleContents[];

beforeAll(async () => {
  contents = bundleContents(await bundleFunctions({ functionsFolder: 'functions', outputFolder }));
});

function contentsOf(name: FunctionName): BundleContents {
  const found = contents.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no bundle of ${name}`);
  return found;
}

function ownFiles(name: FunctionName): readonly string[] {
  return contentsOf(name)
    .own.map(({ path }) => path)
    .filter((path) => !isMadeUp(path));
}

/** What a plugin of ours has put in the place of something. */
function isMadeUp(path: string): boolean {
  return bundleOptions.plugins.some(({ name }) => path.startsWith(`${name}:`));
}

function isWithin(path: string, rooms: readonly string[]): boolean {
  return rooms.some((room) => path === room || path.startsWith(`${room}/`));
}

describe.each(functionNames)('the bundle of %s', (name) => {
  const allowed = allowances[name];

  it('has code of these rooms only', () => {
    const rooms = [`functions/${name}`, ...allowed.flatMap(({ own }) => own)];
    expect(ownFiles(name).filter((path) => !isWithin(path, rooms))).toEqual([]);
    expect(ownFiles(name)).toContain(`functions/${name}/handler.ts`);
  });

  it('has code of these packages only, each in one version', () => {
    const packages = new Set(allowed.flatMap((one) => one.packages));
    const found = contentsOf(name).packages;
    expect(found.map((one) => one.name).filter((one) => !packages.has(one))).toEqual([]);
    expect(new Set(found.map((one) => one.name)).size).toBe(found.length);
  });

  it('is made of code, and asks for nothing that is not in it or in Node', () => {
    const { sources, imports } = contentsOf(name);
    const paths = sources.map(({ path }) => path);
    expect(paths.filter((path) => !isMadeUp(path) && !isCode.test(path))).toEqual([]);
    const builtins = new Set(builtinModules.map((one) => `node:${one}`));
    expect(imports.filter((one) => !builtins.has(one))).toEqual([]);
  });

  it('signs, reads the key and reaches the exchange only if its rights say that it does', () => {
    const { signingKey } = grantsOf(name, { showsClientOrderIds: true });
    const has = (what: RegExp): boolean => ownFiles(name).some((path) => what.test(path));
    expect({ orders: has(sendsOrders), exchange: has(reachesExchange), key: has(readsKey) }).toEqual({
      // Cancelling sends none.
      orders: signingKey === 'sign' && name !== 'cancel-order',
      exchange: signingKey !== 'none',
      key: signingKey !== 'none',
    });
  });

  it('has a client for the table and for the secret only if its rights say that it uses them', () => {
    const { table, signingKey } = grantsOf(name, { showsClientOrderIds: true });
    const packages = contentsOf(name).packages.map((one) => one.name);
    expect(packages.includes('@aws-sdk/client-dynamodb')).toBe(Object.keys(table).length > 0);
    expect(packages.includes('@aws-sdk/client-secrets-manager')).toBe(signingKey !== 'none');
  });

  it('holds nothing that looks like a secret', () => {
    const found = ownFiles(name).flatMap((path) =>
      keyLike(readFileSync(path, 'utf8')).map((what) => `${path}: ${what}`),
    );
    expect(found).toEqual([]);
    // A package may hold constants of curves and hashes.
    const inAll = keyLike(readFileSync(join(outputFolder, name, 'index.mjs'), 'utf8'));
    expect(inAll.filter((what) => /PEM|AWS/.test(what))).toEqual([]);
  });
});

it('what is deployed is the bundles, and not what esbuild says of them', () => {
  expect(readdirSync(outputFolder).toSorted()).toEqual([...functionNames, 'metafile.json'].toSorted());
  for (const name of functionNames) expect(readdirSync(join(outputFolder, name))).toEqual(['index.mjs']);
});

it('no bundle has tweetnacl: it makes keys and verifies, in tools', () => {
  const everywhere = contents.flatMap(({ sources }) => sources.map(({ path }) => path));
  expect(everywhere.filter((path) => path.includes('tweetnacl'))).toEqual([]);
});

describe('a secret in the code', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = randomBytes(32);
  const whole = randomBytes(64);

  it.each([
    ['a key in PEM', privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['an access key of AWS', `AKIA${'A1B2'.repeat(4)}`],
    ['a key in base64', seed.toString('base64')],
    ['a key in base64', whole.toString('base64')],
    ['a key in base64url', seed.toString('base64url')],
    ['a key in base64url', whole.toString('base64url')],
    ['a key in hex', seed.toString('hex')],
    ['a key in hex', whole.toString('hex').toUpperCase()],
  ])('would be noticed: %s', (what, secret) => {
    expect(keyLike(`const secret = '${secret.toString()}';`)).toContain(what);
    expect(keyLike(`const about = '${what}';`)).toEqual([]);
  });
});
