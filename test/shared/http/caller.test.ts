import { describe, expect, it } from 'vitest';
import { callerOf } from '../../../shared/http/caller.ts';

const caller = (userArn: string) => callerOf({ accountId: '123456789012', userArn }).principal;

describe('the caller behind a verified identity', () => {
  it('is the role, whatever the session', () => {
    const role = 'arn:aws:iam::123456789012:role/buyers/app';
    expect(caller('arn:aws:sts::123456789012:assumed-role/buyers/app/i-1')).toBe(role);
    expect(caller('arn:aws:sts::123456789012:assumed-role/buyers/app/i-2')).toBe(role);
    expect(caller('arn:aws-cn:sts::1:assumed-role/app/s')).toBe('arn:aws-cn:iam::1:role/app');
  });

  it('is the user itself otherwise', () => {
    expect(caller('arn:aws:iam::123456789012:user/ann')).toBe('arn:aws:iam::123456789012:user/ann');
  });
});
