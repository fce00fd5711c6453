// Not jest.config.js: `npm test` needs no browser, `npm run browser` does.
module.exports = require("../../jest.preset.js")(__dirname);
