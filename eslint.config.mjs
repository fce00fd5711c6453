import nx from "@nx/eslint-plugin";
import tseslint from "typescript-eslint";

const components = ["foundation", "networking", "registry", "observability", "data", "services", "access"].map((name) => `layer:${name}`);
const views = ["layer:plan", "layer:policy", "layer:changes", "layer:cost", "layer:review", "layer:report"];
const running = ["layer:rollout", "layer:diagnosis", "layer:operations", "layer:adoption"];
const known = ["layer:model", "layer:manifest", "layer:images", "layer:inspection", "layer:admission"];

/** Imports go one way. Who may import what, by the `layer:` tag in each package.json; that of a package is its name. */
const layers = [
  { sourceTag: "layer:model", onlyDependOnLibsWithTags: [] },
  { sourceTag: "layer:transpile", onlyDependOnLibsWithTags: [] },
  { sourceTag: "layer:manifest", onlyDependOnLibsWithTags: ["layer:model", "layer:transpile"] },
  // What others have, as manifests and stacks of ours: text in, text out.
  { sourceTag: "layer:import", onlyDependOnLibsWithTags: ["layer:model", "layer:manifest"] },
  // The other way: what is deployed, as plain files of others.
  { sourceTag: "layer:export", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:images", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "layer:inspection", onlyDependOnLibsWithTags: ["layer:model", "layer:images"] },
  { sourceTag: "layer:admission", onlyDependOnLibsWithTags: ["layer:model", "layer:images"] },
  { sourceTag: "layer:rollout", onlyDependOnLibsWithTags: ["layer:model"] },
  // The plan knows no component, and what judges it knows the plan alone.
  { sourceTag: "layer:plan", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "layer:policy", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:changes", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:cost", onlyDependOnLibsWithTags: ["layer:model", "layer:plan"] },
  { sourceTag: "layer:review", onlyDependOnLibsWithTags: ["layer:model", "layer:plan", "layer:changes", "layer:policy"] },
  { sourceTag: "layer:report", onlyDependOnLibsWithTags: ["layer:model", ...views] },
  // A plan as containers of one machine. The statements that make a database's roles are the ones that run on AWS.
  { sourceTag: "layer:local", onlyDependOnLibsWithTags: ["layer:model", "layer:plan", "layer:changes", "layer:data"] },
  // What looks after what runs: it starts from the plan and asks AWS.
  { sourceTag: "layer:operations", onlyDependOnLibsWithTags: ["layer:model", "layer:plan", "layer:foundation"] },
  // What exists before a stack does: found by the plan, taken over by reference or into the state.
  { sourceTag: "layer:adoption", onlyDependOnLibsWithTags: ["layer:model", "layer:plan", "layer:operations"] },
  { sourceTag: "layer:diagnosis", onlyDependOnLibsWithTags: ["layer:model", "layer:rollout"] },
  // Components. Networking, registry and observability don't know each other.
  { sourceTag: "layer:foundation", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "layer:networking", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation"] },
  {
    sourceTag: "layer:registry",
    onlyDependOnLibsWithTags: ["layer:model", "layer:foundation", "layer:images", "layer:inspection", "layer:admission"],
  },
  { sourceTag: "layer:observability", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation"] },
  { sourceTag: "layer:access", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation"] },
  { sourceTag: "layer:data", onlyDependOnLibsWithTags: ["layer:model", "layer:foundation", "layer:networking"] },
  {
    sourceTag: "layer:services",
    onlyDependOnLibsWithTags: [
      "layer:model",
      "layer:rollout",
      "layer:diagnosis",
      "layer:foundation",
      "layer:networking",
      "layer:registry",
      "layer:observability",
    ],
  },
  { sourceTag: "layer:environment", onlyDependOnLibsWithTags: [...known, ...components] },
  { sourceTag: "layer:stacks", onlyDependOnLibsWithTags: ["layer:environment", ...known, ...components] },
  // A program stands alone. Its end-to-end tests start the browser.
  { sourceTag: "layer:apps", onlyDependOnLibsWithTags: ["layer:tools"] },
  // Nobody else knows the tools. The benchmark takes the sandbox's programs.
  {
    sourceTag: "layer:tools",
    onlyDependOnLibsWithTags: [
      "layer:tools",
      "layer:transpile",
      "layer:environment",
      ...known,
      ...components,
      ...views,
      ...running,
      "layer:local",
      "layer:import",
      "layer:export",
    ],
  },
];

const boundaries = (depConstraints) => ({
  "@nx/enforce-module-boundaries": ["error", { depConstraints, enforceBuildableLibDependency: false, allow: ["../../../package.json"] }],
});

/** Components are tested on the plan that they yield, programs as both engines start them, and operations on the scripted AWS of the diagnosis. */
const layersOfTests = layers.map(({ sourceTag, onlyDependOnLibsWithTags }) => ({
  sourceTag,
  onlyDependOnLibsWithTags: [
    ...onlyDependOnLibsWithTags,
    "layer:plan",
    "layer:transpile",
    ...(sourceTag === "layer:operations" ? ["layer:diagnosis"] : []),
  ],
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
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      // `import x = require(…)` is the only way to reach the SDK's own module objects.
      "@typescript-eslint/no-require-imports": "off",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["packages/*/test/**/*.ts", "packages/*/testing/**/*.ts"], rules: boundaries(layersOfTests) },
  {
    // The engine hands over properties of any shape.
    files: ["tools/sandbox/src/{aws,ecs}/**/*.ts"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
);
