/** `npm run test:thorough` sets it. */
const isThorough = process.env['THOROUGH'] === '1';

/** How often to try something at random: seldom enough for every change, or as often as before a release. */
export function tries(usual: number, thorough: number): number {
  return isThorough ? thorough : usual;
}
