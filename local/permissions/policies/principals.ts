import type { Principal } from '../../runner/access/access-request.ts';
import type { PrincipalPattern, Statement } from './policy.ts';

/**
 * Whether a statement names this principal itself, or everyone. To name the account means less: it lets the account
 * decide, by the policies of its roles.
 */
export function namesPrincipal(statement: Statement, principal: Principal): boolean {
  return (statement.principals ?? []).some((pattern) => isNamed(pattern, principal));
}

/** Whether a statement names the account that the role belongs to. */
export function namesAccountOf({ principals = [] }: Statement, principal: Principal): boolean {
  if (principal.kind !== 'role') return false;
  const account = principal.arn.split(':')[4] ?? '';
  const names = [account, `arn:aws:iam::${account}:root`];
  return principals.some((pattern) => pattern.kind === 'aws' && names.includes(pattern.name));
}

function isNamed(pattern: PrincipalPattern, principal: Principal): boolean {
  switch (pattern.kind) {
    case 'everyone':
      return true;
    case 'aws':
      return principal.kind === 'role' && principal.arn === pattern.name;
    case 'service':
      return principal.kind === 'service' && principal.name === pattern.name;
  }
}
