/** No file may reach itself through imports. ESLint's rules of that kind don't look at imports of types. */
export default {
  forbidden: [{ name: "no-circle", severity: "error", from: {}, to: { circular: true } }],
  options: {
    tsPreCompilationDeps: true,
    // A package's `exports` name TypeScript files.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "default"] },
    doNotFollow: { path: "node_modules" },
  },
};
