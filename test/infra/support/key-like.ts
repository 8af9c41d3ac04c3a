/** What a secret looks like in a text, by what it would be. */
const shapes: Readonly<Record<string, RegExp>> = {
  'a key in PEM': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'an access key of AWS': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a key in base64': /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])/,
  'a key in base64url': /(?<=["'`])(?:[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{86})(?=["'`])/,
  'a key in hex': /(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{128}|[0-9A-F]{64}|[0-9A-F]{128})(?![0-9A-Za-z])/,
};

/** What in a text looks like a secret; empty if nothing does. */
export function keyLike(text: string): readonly string[] {
  return Object.entries(shapes)
    .filter(([, shape]) => shape.test(text))
    .map(([what]) => what);
}
