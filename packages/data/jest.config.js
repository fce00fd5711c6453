const preset = require("../../jest.preset.js")(__dirname);

module.exports = {
  ...preset,
  // PGlite imports modules while it runs, which Jest's modules can't unless they are transformed.
  transform: { ...preset.transform, "/@electric-sql/pglite/.*\\.c?js$": ["@swc/jest", { module: { type: "commonjs" } }] },
  transformIgnorePatterns: preset.transformIgnorePatterns.map((pattern) => pattern.replace("(?!", "(?!@electric-sql/|")),
};
