require("tsx/cjs/api").register();
module.exports = require("../src/generators/component/generator.ts");
