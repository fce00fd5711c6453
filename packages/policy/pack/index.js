// The engine's start of the rules: `pulumi preview -s prod --policy-pack packages/policy/pack`.
require("@fairlead/transpile/register");
require("../src/pack.ts");
