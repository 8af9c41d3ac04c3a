import * as v from 'valibot';

/** What is wrong with a configuration, all of it at once, each with its place. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** A validation issue as a line: where, and what. */
export function describeIssue(issue: v.BaseIssue<unknown>, root = ''): string {
  const path = v.getDotPath(issue);
  const place = [root, path ?? ''].filter((part) => part !== '').join('.');
  const message = explainIssue(issue);
  return place === '' ? message : `${place}: ${message}`;
}

/** A strict object's own messages speak of keys and `never`; everything else has a message of ours. */
export function explainIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is not a setting';
  if (issue.received === 'undefined') return 'is missing';
  return issue.message;
}
