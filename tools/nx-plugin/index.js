require("tsx/cjs/api").register();
module.exports = require("./src/inference/plugin.ts");
