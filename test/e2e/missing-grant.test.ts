import { afterEach, expect, it } from 'vitest';
import { connectWithPermissions } from '../../local/permissions/connect-with-permissions.ts';
import type { Permissions } from '../../local/permissions/permissions.ts';
import type { PolicySet } from '../../local/permissions/policies/policy.ts';
import { useLocalService } from '../support/local-service.ts';

let permissions: Permissions | undefined;
let all: PolicySet | undefined;
const underTest = useLocalService({
  expectDenials: true,
  connect: connectWithPermissions((control) => {
    ({ permissions } = control);
    all = permissions.policies;
  }),
});
const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };

const placeOrder = () =>
  underTest().service.stack.functions.find(({ logicalId }) => logicalId.startsWith('PlaceOrder'))?.name;

/** Takes an action from all roles. */
function takeAway(action: string): void {
  const roles = [...(all?.roles ?? [])].map(
    ([arn, statements]) => [arn, statements.filter(({ actions }) => !actions.includes(action))] as const,
  );
  permissions?.replace({ roles: new Map(roles), resources: all?.resources ?? new Map() });
}

afterEach(() => {
  if (all !== undefined) permissions?.replace(all);
});

it.each([
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:ConditionCheckItem',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
])('without %s nothing is bought, and it shows', async (action) => {
  const { denials, service } = underTest();
  service.exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 100 }] });
  // A function keeps the signing key for minutes.
  await service.stack.recycle(placeOrder() ?? '');
  takeAway(action);
  denials.length = 0;
  const { status } = await service.api.placeOrder(`without-${action.replace(':', '-')}-1`, order);
  expect(status).toBeGreaterThanOrEqual(500);
  expect(denials).toContainEqual(expect.objectContaining({ action, why: 'no statement allows it' }));
  expect(service.exchange.admin.truth().calls.orderPosts).toBe(0);
});

it('a check that cannot read the settings buys nothing, and says so', async () => {
  const { denials, logLines, service } = underTest();
  takeAway('dynamodb:GetItem');
  denials.length = 0;
  await service.stack.fireSchedule();
  expect(denials).toContainEqual(expect.objectContaining({ action: 'dynamodb:GetItem' }));
  expect(service.exchange.admin.truth().calls.orderPosts).toBe(0);
  const told = logLines.filter((line) => line.includes('"SettingsUnusable":'));
  expect(told).toEqual([expect.stringContaining('"SettingsUnusable":1')]);
});

it('a check that cannot read its open orders again buys nothing, and says so', async () => {
  const { denials, logLines, service } = underTest();
  const patient = { ...order, price: '1.00' };
  expect((await service.api.placeOrder('resting-order-001', patient)).status).toBe(201);
  const posts = () => service.exchange.admin.truth().calls.orderPosts;
  const before = posts();
  takeAway('dynamodb:BatchGetItem');
  denials.length = 0;
  logLines.length = 0;
  await service.stack.fireSchedule();
  expect(denials).toContainEqual(expect.objectContaining({ action: 'dynamodb:BatchGetItem' }));
  expect(posts()).toBe(before);
  expect(logLines).toContainEqual(expect.stringContaining('AccessDeniedException'));
  if (all !== undefined) permissions?.replace(all);
  await service.stack.fireSchedule();
  expect(posts()).toBe(before + 1);
});

it('with all of them it is', async () => {
  const { denials, service } = underTest();
  denials.length = 0;
  expect((await service.api.placeOrder('with-everything-01', order)).status).toBe(201);
  expect(denials).toEqual([]);
});
