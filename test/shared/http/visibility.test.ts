import { describe, expect, it } from 'vitest';
import { visibilityTo } from '../../../shared/http/visibility.ts';

const account = '123456789012';
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const session = (name: string) => ({
  accountId: account,
  userArn: `arn:aws:sts::${account}:assumed-role/${name}/i-1`,
});
const own = { principal: role('app') };
const others = { principal: role('another-app') };
const scheduled = { principal: `arn:aws:scheduler:eu-west-1:${account}:schedule/default/checks` };

describe('what a caller is shown', () => {
  it('is what it has made itself, from whatever session', () => {
    const visibility = visibilityTo(session('app'), new Set([role('reader')]));
    expect([own, others, scheduled].map(visibility.shows)).toEqual([true, false, false]);
    expect(visibility.only).toEqual({ principal: role('app') });
  });

  it.each([
    ['a role', role('reader')],
    ['a role with a path, which its sessions do not show', role('team/on-call/reader')],
  ])('is everything for a reader: %s', (_what, reader) => {
    const visibility = visibilityTo(session('reader'), new Set([role('other'), reader]));
    expect([own, others, scheduled].map(visibility.shows)).toEqual([true, true, true]);
    expect(visibility.only).toEqual({});
  });

  it.each([
    ['of another account', 'arn:aws:iam::999999999999:role/reader'],
    ['with a longer name', role('reader-2')],
    ['with a shorter name', role('read')],
    ['that is a user', `arn:aws:iam::${account}:user/reader`],
  ])('is not everything because of a reader %s', (_what, reader) => {
    expect(visibilityTo(session('reader'), new Set([reader])).shows(others)).toBe(false);
  });

  it('is not everything for anybody where nobody is a reader', () => {
    expect(visibilityTo(session('app'), new Set()).shows(scheduled)).toBe(false);
  });
});
