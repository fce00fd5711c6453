module.exports = require("../../jest.pglite.js")(require("../../jest.preset.js")(__dirname));
