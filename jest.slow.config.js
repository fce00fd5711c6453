// What takes minutes by its nature: `npm run test:slow`.
module.exports = {
  ...require("./jest.preset.js")(__dirname),
  roots: ["<rootDir>/packages", "<rootDir>/tools"],
  testMatch: ["<rootDir>/packages/*/test/**/*.slow.ts", "<rootDir>/tools/*/test/**/*.slow.ts"],
  testTimeout: 60 * 60_000,
};
