/** A line that makes a class of error known. */
const registration = /^\w+\.registerError\(\w+\$, \w+\);$/gm;
/** The schema of an operation: number of its kind, namespace, name, traits, input, output. */
const operation = /^(export var \w+\$ = \[9, \w+, \w+,\s+\d+), \(\) => \w+\$?, \(\) => \w+\$?\s*\];$/gm;

/**
 * The schemas of a service without those of errors, and with operations that say nothing of their inputs and outputs: the
 * others are then used by nobody, and esbuild leaves them out.
 */
export function operationsOnly(schemas: string): string {
  return schemas.replaceAll(registration, '').replaceAll(operation, `$1, () => 'unit', () => 'unit'];`);
}
