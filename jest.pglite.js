/** Tests with PGlite: it imports modules while it runs, which Jest's modules can't unless they are transformed. */
module.exports = (preset) => ({
  ...preset,
  transform: { ...preset.transform, "/@electric-sql/pglite/.*\\.c?js$": ["@swc/jest", { module: { type: "commonjs" } }] },
  transformIgnorePatterns: preset.transformIgnorePatterns.map((pattern) => pattern.replace("(?!", "(?!@electric-sql/|")),
});
