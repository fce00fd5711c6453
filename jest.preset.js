// swc strips the types; `npm run typecheck` checks them.
module.exports = {
  testEnvironment: "node",
  // A test that hangs ends; none that works does, however busy the machine.
  testTimeout: 600_000,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
  },
};
