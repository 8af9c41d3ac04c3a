import type { Finding } from '../doctor/finding.ts';
import type { Look } from '../output/look.ts';
import { wrap } from '../output/text.ts';

const readableWidth = 100;

/** Findings below each other, each that is not right with what to do about it. */
export function drawFindings(findings: readonly Finding[], look: Look): string {
  const { paint } = look;
  const nameWidth = Math.max(...findings.map(({ name }) => name.length)) + 2;
  const width = Math.min(look.columns, readableWidth) - nameWidth - 6;
  const signs = { ok: paint.green('ok  '), warn: paint.yellow('warn'), fail: paint.red('fail') };
  const indent = ' '.repeat(6 + nameWidth);
  const lines = findings.flatMap(({ name, level, found, todo }) => {
    const [first = '', ...more] = wrap(found, width);
    const advice = todo === undefined ? [] : wrap(todo, width - 2);
    return [
      `${signs[level]}  ${name.padEnd(nameWidth)}${first}`,
      ...more.map((line) => `${indent}${line}`),
      ...advice.map((line, index) => `${indent}${paint.bold(index === 0 ? '→' : ' ')} ${line}`),
    ];
  });
  return `${lines.join('\n')}\n\n${verdict(findings, look)}`;
}

function verdict(findings: readonly Finding[], { paint }: Look): string {
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const [failed, warned] = [count('fail'), count('warn')];
  if (failed + warned === 0) return paint.green('All is well.');
  const words = [
    ...(failed === 0
      ? []
      : [paint.red(`${failed} ${failed === 1 ? 'thing keeps' : 'things keep'} it from buying`)]),
    ...(warned === 0 ? [] : [paint.yellow(`${warned} ${warned === 1 ? 'needs' : 'need'} a look`)]),
  ];
  return `${words.join(', ')}.`;
}
