module.exports = { ...require("../../jest.preset.js"), displayName: "workflows", testTimeout: 120_000 };
