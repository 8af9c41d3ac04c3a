import { describe, expect, it } from 'vitest';
import { decide } from '../../../local/permissions/policies/decide.ts';
import { asked, policies, roleArn, statement, tableArn, when } from './support/statements.ts';

const allowed = { allowed: true };
const keys = 'dynamodb:LeadingKeys';

describe('without conditions', () => {
  it.each([
    ['nothing allows it', [], false],
    ['a statement allows it', [statement()], true],
    ['another action', [statement({ actions: ['dynamodb:GetItem'] })], false],
    ['an action in other case', [statement({ actions: ['DynamoDB:putitem'] })], true],
    ['a wildcard in the action', [statement({ actions: ['dynamodb:Put*'] })], true],
    ['a wildcard for one character', [statement({ actions: ['dynamodb:PutIte?'] })], true],
    ['all but this action', [statement({ actions: ['dynamodb:PutItem'], exceptActions: true })], false],
    ['all but another action', [statement({ actions: ['dynamodb:Get*'], exceptActions: true })], true],
    ['any resource', [statement({ resources: ['*'] })], true],
    ['another table', [statement({ resources: [`${tableArn}-other`] })], false],
    ['a pattern of tables', [statement({ resources: [tableArn.replace('orders', 'ord*')] })], true],
    [
      'a wildcard that would reach over parts',
      [statement({ resources: ['arn:aws:dynamodb:*orders'] })],
      false,
    ],
    ['its indexes only', [statement({ resources: [`${tableArn}/index/*`] })], false],
    ['a denial beside it', [statement(), statement({ effect: 'Deny' })], false],
    ['a denial of something else', [statement(), statement({ effect: 'Deny', resources: ['arn:x'] })], true],
  ] as const)('%s', (_name, ofRole, expected) => {
    expect(decide(policies(ofRole), asked()).allowed).toBe(expected);
  });

  it('knows nothing of a role without policies', () => {
    const stranger = asked({ principal: { kind: 'role', arn: `${roleArn}-other` } });
    expect(decide(policies([statement()]), stranger)).toEqual({
      allowed: false,
      why: 'no statement allows it',
    });
  });
});

describe('conditions', () => {
  it.each([
    // One of the values is enough, and for a negation none may match.
    ['StringEquals', 'k', ['a', 'b'], ['b'], true],
    ['StringEquals', 'k', ['a', 'b'], ['B'], false],
    ['StringEqualsIgnoreCase', 'k', ['a'], ['A'], true],
    ['StringEquals', 'k', ['a*'], ['ab'], false],
    ['StringLike', 'k', ['a*'], ['ab'], true],
    ['StringLike', 'k', ['a.'], ['ab'], false],
    ['StringNotEquals', 'k', ['a', 'b'], ['b'], false],
    ['StringNotEquals', 'k', ['a', 'b'], ['c'], true],
    ['StringNotLike', 'k', ['a*'], ['ab'], false],
    ['ArnEquals', 'k', ['arn:aws:s3:*:*:x'], ['arn:aws:s3:r:1:x'], true],
    ['ArnLike', 'k', ['arn:aws:s3:*:x'], ['arn:aws:s3:r:1:x'], false],
    ['ArnNotEquals', 'k', ['arn:aws:s3:r:1:x'], ['arn:aws:s3:r:1:y'], true],
    ['ArnNotLike', 'k', ['arn:aws:s3:r:1:*'], ['arn:aws:s3:r:1:y'], false],
    ['Bool', 'k', ['True'], ['true'], true],
    ['Bool', 'k', ['false'], ['true'], false],
    // An absent key.
    ['StringEquals', 'k', ['a'], [], false],
    ['StringNotEquals', 'k', ['a'], [], true],
    ['ArnNotEquals', 'k', ['arn:aws:s3:r:1:x'], [], true],
    ['Bool', 'k', ['false'], [], false],
    ['StringEqualsIfExists', 'k', ['a'], [], true],
    ['StringEqualsIfExists', 'k', ['a'], ['b'], false],
    ['BoolIfExists', 'k', ['true'], [], true],
    ['Null', 'k', ['true'], [], true],
    ['Null', 'k', ['false'], [], false],
    ['Null', 'k', ['false'], ['x'], true],
    // Several values: for all of them, which is so if there are none; for any, which is not.
    ['ForAllValues:StringLike', 'k', ['a*', 'b'], ['a1', 'b'], true],
    ['ForAllValues:StringLike', 'k', ['a*', 'b'], ['a1', 'c'], false],
    ['ForAllValues:StringEquals', 'k', ['a'], [], true],
    ['ForAllValues:StringNotEquals', 'k', ['a', 'b'], ['c', 'a'], false],
    ['ForAllValues:StringNotEquals', 'k', ['a'], [], true],
    ['ForAnyValue:StringEquals', 'k', ['a'], ['b', 'a'], true],
    ['ForAnyValue:StringEquals', 'k', ['a'], ['b'], false],
    ['ForAnyValue:StringEquals', 'k', ['a'], [], false],
    ['ForAnyValue:StringNotEquals', 'k', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', 'k', ['a'], [], false],
    ['ForAnyValue:StringEqualsIfExists', 'k', ['a'], [], true],
  ] as const)('%s %s %j holds for %j: %j', (operator, key, wanted, values, expected) => {
    const ofRole = [statement({ conditions: [when(operator, key, ...wanted)] })];
    const context = values.length === 0 ? {} : { K: values };
    expect(decide(policies(ofRole), asked({ context })).allowed).toBe(expected);
  });

  it('must all hold', () => {
    const conditions = [when('StringEquals', 'a', '1'), when('StringEquals', 'b', '2')];
    const ofRole = policies([statement({ conditions })]);
    expect(decide(ofRole, asked({ context: { a: ['1'], b: ['2'] } }))).toEqual(allowed);
    expect(decide(ofRole, asked({ context: { a: ['1'], b: ['3'] } })).allowed).toBe(false);
  });

  it('names the statement that is too narrow, and what the request has', () => {
    const ofRole = [
      statement({ name: 'Policy/PutOrders', conditions: [when('ForAllValues:StringLike', keys, 'ORDER#*')] }),
    ];
    expect(decide(policies(ofRole), asked({ context: { [keys]: ['SETTINGS'] } }))).toEqual({
      allowed: false,
      why: `Policy/PutOrders asks for ${keys} ForAllValues:StringLike ORDER#*, and the request has ${keys} SETTINGS`,
    });
  });
});

describe('the policy of a resource', () => {
  const everyone = [{ kind: 'everyone' }] as const;
  const onTable = (...statements: Parameters<typeof policies>[0]) => policies([], { [tableArn]: statements });
  const role = [{ kind: 'aws', name: roleArn }] as const;
  const account = [{ kind: 'aws', name: 'arn:aws:iam::123456789012:root' }] as const;

  it.each([
    ['allows a role by its ARN', role, true],
    ['allows everyone', everyone, true],
    ['leaves it to the account, and no policy of the role says so', account, false],
    ['allows another role', [{ kind: 'aws', name: `${roleArn}-other` }] as const, false],
    ['allows a service', [{ kind: 'service', name: 'lambda.amazonaws.com' }] as const, false],
  ])('%s', (_name, principals, expected) => {
    expect(decide(onTable(statement({ principals, resources: ['*'] })), asked()).allowed).toBe(expected);
  });

  it.each([
    ['everyone', everyone],
    ['the role', role],
    ['its account', account],
  ])('denies %s what the role may do', (_name, principals) => {
    const denial = statement({ name: 'TablePolicy/No', effect: 'Deny', principals, resources: ['*'] });
    const both = policies([statement({ resources: ['*'] })], { [tableArn]: [denial] });
    expect(decide(both, asked())).toEqual({ allowed: false, why: 'TablePolicy/No denies it' });
    expect(decide(both, asked({ resource: `${tableArn}/index/work` })).allowed).toBe(false);
  });

  it('lets in all but a few, as a negated condition on the role', () => {
    const denial = statement({
      effect: 'Deny',
      principals: everyone,
      conditions: [when('StringNotEquals', 'aws:PrincipalArn', roleArn)],
    });
    const both = policies([statement()], { [tableArn]: [denial] });
    expect(decide(both, asked({ context: { 'aws:PrincipalArn': [roleArn] } }))).toEqual(allowed);
    expect(decide(both, asked({ context: { 'aws:PrincipalArn': ['other'] } })).allowed).toBe(false);
  });

  it('allows a service under a condition', () => {
    const principal = { kind: 'service', name: 'apigateway.amazonaws.com' } as const;
    const source = 'arn:aws:execute-api:eu-west-1:123456789012:api/*/*/orders';
    const ofFunction = onTable(
      statement({ principals: [principal], conditions: [when('ArnLike', 'aws:SourceArn', source)] }),
    );
    const from = (sourceArn: string) =>
      decide(ofFunction, asked({ principal, context: { 'aws:SourceArn': [sourceArn] } })).allowed;
    expect(from(source.replace('*/*', '$default/POST'))).toBe(true);
    expect(from(source.replace('orders', 'stop'))).toBe(false);
  });
});

describe('a key', () => {
  const key = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  const use = asked({ action: 'kms:Decrypt', resource: key });
  const ofRole = [statement({ actions: ['kms:Decrypt'], resources: [key] })];
  const ofKey = (name: string) =>
    statement({ actions: ['kms:*'], resources: ['*'], principals: [{ kind: 'aws', name }] });

  it('is used by a role only if its own policy leaves it to the account, or names the role', () => {
    expect(decide(policies(ofRole), use).allowed).toBe(false);
    expect(decide(policies(ofRole, { [key]: [ofKey('123456789012')] }), use)).toEqual(allowed);
    expect(decide(policies([], { [key]: [ofKey('123456789012')] }), use).allowed).toBe(false);
    expect(decide(policies([], { [key]: [ofKey(roleArn)] }), use)).toEqual(allowed);
  });
});
