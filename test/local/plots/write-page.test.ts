import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writePage } from '../../../local/plots/write-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-page-'));
afterAll(() => rmSync(folder, { recursive: true }));
const page = '<!doctype html>\n<p>new';

describe('writing a page', () => {
  it('makes a file, and replaces a page that is longer', async () => {
    const path = join(folder, 'page.html');
    await writePage(path, page);
    expect(readFileSync(path, 'utf8')).toBe(page);
    writeFileSync(path, `<!DOCTYPE html>${'old'.repeat(100)}`);
    await writePage(path, page);
    expect(readFileSync(path, 'utf8')).toBe(page);
  });

  it('fills an empty file, as a program that makes temporary files leaves it', async () => {
    const path = join(folder, 'empty');
    writeFileSync(path, '');
    await writePage(path, page);
    expect(readFileSync(path, 'utf8')).toBe(page);
  });

  it.each(['key material', '<html>', '{}', 'x'])(
    'leaves a file of another kind as it is: %s',
    async (content) => {
      const path = join(folder, 'other.txt');
      writeFileSync(path, content);
      await expect(writePage(path, page)).rejects.toThrow(
        `${path} cannot be written: there is a file that is not a page; choose another name.`,
      );
      expect(readFileSync(path, 'utf8')).toBe(content);
    },
  );

  it('says what is in the way', async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'file'), page);
    await expect(writePage(join(folder, 'sub'), page)).rejects.toThrow('it is a folder; name a file in it');
    await expect(writePage(join(folder, 'no/page.html'), page)).rejects.toThrow(
      `there is no folder ${join(folder, 'no')}`,
    );
    await expect(writePage(join(folder, 'file/page.html'), page)).rejects.toThrow(
      'a part of the path is a file',
    );
  });

  it.skipIf(process.getuid?.() === 0)('says that a file is not ours', async () => {
    const path = join(folder, 'locked.html');
    writeFileSync(path, page);
    chmodSync(path, 0o400);
    await expect(writePage(path, page)).rejects.toThrow('it is not yours to write');
  });
});
