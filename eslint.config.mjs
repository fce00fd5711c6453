import nx from "@nx/eslint-plugin";
import tseslint from "typescript-eslint";

const components = ["layer:model", "layer:foundation", "layer:base", "layer:data", "layer:services", "layer:manifest"];

/** Imports go one way. Who may import what, by the `layer:` tag in each package.json. */
const layers = [
  { sourceTag: "layer:model", onlyDependOnLibsWithTags: [] },
  { sourceTag: "layer:plan", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "layer:policy", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:changes", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:cost", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:foundation", onlyDependOnLibsWithTags: ["layer:model"] },
  // registry, networking and observability don't know each other.
  { sourceTag: "layer:base", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation"] },
  { sourceTag: "layer:data", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation", "layer:base"] },
  { sourceTag: "layer:services", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation", "layer:base"] },
  {
    sourceTag: "layer:manifest",
    onlyDependOnLibsWithTags: ["layer:model", "layer:foundation", "layer:base", "layer:data", "layer:services"],
  },
  { sourceTag: "layer:stacks", onlyDependOnLibsWithTags: components },
  // The benchmark takes the sandbox's programs.
  {
    sourceTag: "layer:tools",
    onlyDependOnLibsWithTags: ["layer:plan", "layer:policy", "layer:changes", "layer:cost", "layer:tools", ...components],
  },
];

const boundaries = (depConstraints) => ({
  "@nx/enforce-module-boundaries": ["error", { depConstraints, enforceBuildableLibDependency: false, allow: ["../examples/**"] }],
});

/** Components are tested on the plan that they yield. */
const layersOfTests = layers.map(({ sourceTag, onlyDependOnLibsWithTags }) => ({
  sourceTag,
  onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, "layer:plan"],
}));

export default tseslint.config(
  { ignores: ["**/node_modules", "**/.sandbox", "**/.fairlead", "**/.bench", "**/.nx", "tools/bench/peers"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommended],
    plugins: { "@nx": nx },
    rules: {
      ...boundaries(layers),
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // `import x = require(…)` is the only way to reach the SDK's own module objects.
      "@typescript-eslint/no-require-imports": "off",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["packages/*/test/**/*.ts"], rules: boundaries(layersOfTests) },
  {
    // The engine hands over properties of any shape.
    files: ["tools/sandbox/src/aws/*.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
);
