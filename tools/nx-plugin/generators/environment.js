require("tsx/cjs/api").register();
module.exports = require("../src/generators/environment/generator.ts");
