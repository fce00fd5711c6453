/** No file may reach itself through imports. ESLint's rules of that kind don't look at imports of types. */
export default {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    // The inspection's folders build on each other, too: tar, elf, files, container, libraries, programs, shell and runtimes, start.
    {
      name: "no-circle-of-folders",
      severity: "error",
      scope: "folder",
      from: { path: "^packages/inspection/src/." },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    // A package's `exports` name TypeScript files.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "default"] },
    doNotFollow: { path: "node_modules" },
  },
};
