require("tsx/cjs/api").register();
module.exports = require("../src/generators/service/generator.ts");
