require("@fairlead/transpile/register");
module.exports = require("../src/generators/component/generator.ts");
