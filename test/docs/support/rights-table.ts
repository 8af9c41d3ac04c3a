import { grantsOf } from '../../../infra/function-grants.ts';
import { functionNames } from '../../../infra/function-names.ts';

const keyWords = { none: 'no', sign: 'signs with the current one', rotate: 'tests them, moves their labels' };

/** The rights of every function as the document of security shows them, a row each. */
export function rightsTable(): string {
  const rows = functionNames.map((name) => {
    const { table, signingKey } = grantsOf(name, { showsClientOrderIds: true });
    const { get = [], getMany = [], check = [], query = [], queryCreated = [], queryWork = [] } = table;
    const { put = [], update = [] } = table;
    const cells = [
      `\`${name}\``,
      list([...get, ...check]),
      list(getMany),
      list([...query, ...queryCreated, ...queryWork]),
      list([...put, ...update]),
      keyWords[signingKey],
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = '| Function | Reads | Reads many at once | Lists | Writes | Signing key |';
  return [head, '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** Partitions without what tells them from the rest of a key. */
function list(partitions: readonly string[]): string {
  const names = [...new Set(partitions.map((one) => one.replace(/#$/, '')))];
  return names.length === 0 ? '' : names.join(', ');
}
