// The one start of both engines: `pulumi up` and `fairlead preview` load this file.
require("@fairlead/transpile/register");

const { dirname } = require("node:path");
const { stackProgram } = require("@fairlead/environment");

module.exports = stackProgram({ root: dirname(__dirname), stacks: __dirname });
