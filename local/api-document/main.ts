import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiDocument } from './document.ts';

/** Writes the document of the API beside the others. `npm run api-document`. */
const path = resolve(import.meta.dirname, '../../docs/openapi.json');
writeFileSync(path, `${JSON.stringify(apiDocument(), undefined, 2)}\n`);
process.stdout.write(`${path}\n`);
