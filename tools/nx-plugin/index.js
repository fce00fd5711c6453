require("@fairlead/transpile/register");
module.exports = require("./src/inference/plugin.ts");
