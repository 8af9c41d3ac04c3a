/** The commands in the shell blocks of a text, lines that go on joined. */
export function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/^ *```sh\n(.*?)```/gms)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
}
