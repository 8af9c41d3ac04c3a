import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const cdkJson = v.object({ context: v.record(v.string(), v.unknown()) });

/** The context of `cdk.json`: the CLI gives it to the app, a `new App()` in a test does not read it. */
export function appContext(): Record<string, unknown> {
  return v.parse(cdkJson, JSON.parse(readFileSync('cdk.json', 'utf8'))).context;
}
