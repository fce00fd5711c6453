require("tsx/cjs/api").register();

Error.prepareStackTrace = undefined;

const { stackProgram } = require("@fairlead/environment");

module.exports = stackProgram({ root: __dirname, stacks: __dirname });
