// Tests of a whole environment that runs: `FAIRLEAD_URL=http://127.0.0.1:8080 npx jest --config jest.e2e.config.js`.
module.exports = {
  ...require("./jest.preset.js")(__dirname),
  displayName: "e2e",
  roots: ["<rootDir>/apps"],
  testMatch: ["<rootDir>/apps/*/e2e/**/*.e2e.{js,ts}"],
  testTimeout: 5 * 60_000,
};
