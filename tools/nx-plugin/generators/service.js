require("@fairlead/transpile/register");
module.exports = require("../src/generators/service/generator.ts");
