/**
 * Packages that have a script for their installation and are wanted all the same. `ignore-scripts` in `.npmrc` keeps each
 * of them from being run; that the package works without is what the reason says.
 */
export const withInstallScripts: Readonly<Record<string, string>> = {
  'aws-lambda-ric':
    'its script compiles a native client; the local stack uses the JavaScript around it and brings a client of its own',
  esbuild: 'its script only replaces a small starter by the program, which comes as a package of its own',
};
