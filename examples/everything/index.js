require("@fairlead/transpile/register");

const { stackProgram } = require("@fairlead/environment");

module.exports = stackProgram({ root: __dirname, stacks: __dirname });
