// The one start of both engines: `pulumi up` and `fairlead preview` load this file. tsx transpiles and caches; it checks no types.
require("tsx/cjs/api").register();

module.exports = require("./program.ts").program;
