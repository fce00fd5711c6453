require("@fairlead/transpile/register");
module.exports = require("../src/generators/environment/generator.ts");
