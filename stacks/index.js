// The one start of both engines: `pulumi up` and `fairlead preview` load this file. tsx transpiles and caches; it checks no types.
require("tsx/cjs/api").register();

// Pulumi's launcher maps stack traces by the files on disk, which puts all of a transpiled file on its line 2. Node itself maps them right.
Error.prepareStackTrace = undefined;

const { dirname } = require("node:path");
const { stackProgram } = require("@fairlead/environment");

module.exports = stackProgram({ root: dirname(__dirname), stacks: __dirname });
