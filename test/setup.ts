/** The deployed functions run on Node 24. A test that passes on another Node proves nothing about them. */
if (!process.version.startsWith('v24.')) {
  throw new Error(
    `The tests need Node 24, this is ${process.version}. Run them with npm test, which brings its own.`,
  );
}
