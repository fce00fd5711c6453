// The engine's start of the rules: `pulumi preview -s prod --policy-pack packages/policy/pack`.
require("tsx/cjs/api").register();
require("../src/pack.ts");
