const compiled = new Map<string, RegExp>();

/** Whether a text is like a pattern, in which `*` stands for any characters and `?` for one. */
export function isLike(text: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (!/[*?]/.test(pattern)) return text === pattern;
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
    expression = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/** Whether an ARN is like a pattern: each of its six parts for itself, so that no wildcard reaches over a colon. */
export function isArnLike(arn: string, pattern: string): boolean {
  if (pattern === '*') return true;
  const parts = arnParts(arn);
  const patterns = arnParts(pattern);
  return (
    parts.length === patterns.length && parts.every((part, index) => isLike(part, patterns[index] ?? ''))
  );
}

/** Partition, service, region, account and resource; the resource may hold colons of its own. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
