import { describe, expect, it } from 'vitest';
import { readCommandLine, UsageError } from '../../local/restore/command-line.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const read = (...argv: string[]) => readCommandLine(argv, now);

describe('npm run restore', () => {
  it('takes a table and a moment in UTC', () => {
    expect(read('--table', 'orders', '--restored-to', '2026-11-23T10:00:00Z')).toEqual({
      help: false,
      tableName: 'orders',
      restoredTo: Date.parse('2026-11-23T10:00:00Z'),
    });
  });

  it.each([
    ['nothing', [], /--table.*--restored-to/s],
    ['a local time', ['--table', 'orders', '--restored-to', '2026-11-23T10:00:00'], /in UTC/],
    ['a day', ['--table', 'orders', '--restored-to', '2026-11-23'], /in UTC/],
    ['a time that there is not', ['--table', 'orders', '--restored-to', '2026-13-23T10:00:00Z'], /in UTC/],
    ['the future', ['--table', 'orders', '--restored-to', '2026-11-23T12:00:01Z'], /in the future/],
    ['another option', ['--tabel', 'orders'], /--tabel/],
  ])('refuses %s', (_what, argv, problem) => {
    expect(() => read(...argv)).toThrow(UsageError);
    expect(() => read(...argv)).toThrow(problem);
  });
});
