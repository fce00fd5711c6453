const { basename, join } = require("node:path");

/** What the tests of a project's folder run with. swc strips the types; `npm run typecheck` checks them. */
module.exports = (folder) => ({
  displayName: basename(folder),
  rootDir: folder,
  testEnvironment: "node",
  // The SDK keeps a stack on the global object, and jest's cleanup after a file makes its properties recurse in the next one.
  testEnvironmentOptions: { globalsCleanup: "off" },
  globalSetup: join(__dirname, "jest.temporary.js"),
  setupFiles: [join(__dirname, "jest.setup.js")],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Ends what hangs. No test is about time, and a busy machine breaks none.
  testTimeout: 10 * 60_000,
  transform: {
    // An ES module alone.
    "/unbash/.*\\.js$": ["@swc/jest", { jsc: { parser: { syntax: "ecmascript" }, target: "es2022" }, module: { type: "commonjs" } }],
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
    // Jest loads no ES modules by itself.
    "/zstddec/.*\\.mjs$": ["@swc/jest", { jsc: { parser: { syntax: "ecmascript" }, target: "es2022" }, module: { type: "commonjs" } }],
    "/@pulumi/pulumi/[^@]*\\.js$": join(__dirname, "jest.lazySdk.js"),
  },
  transformIgnorePatterns: ["/node_modules/(?!@pulumi/pulumi/(?!node_modules/)|unbash/|zstddec/)"],
});
