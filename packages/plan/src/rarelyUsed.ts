/** Modules that the SDK loads at start, by what it uses them for. Together they take two thirds of its start. */
const patterns = [
  // To serialise functions and to look for plugins.
  /(^|\/)typescript-shim$|^@npmcli\/arborist$|^normalize-package-data$|^fdir$/,
  // To drive Pulumi from a program.
  /^\.\/automation$/,
  // To talk to the engine, of which there is none.
  /^@grpc\/grpc-js$|_grpc_pb$|^@opentelemetry\/api$/,
  // To choose among versions of packages whose resources are passed as values.
  /^semver$/,
];

/** Whether the SDK can do without a module, by what it asks for, until something of it is used. */
export function isRarelyUsed(request: string): boolean {
  return patterns.some((pattern) => pattern.test(request));
}

/** Stands for a module and loads it when something of it is used. */
export function onFirstUse(read: () => unknown): unknown {
  let loaded: Record<PropertyKey, unknown> | undefined;
  return new Proxy(
    {},
    {
      get(_, key) {
        // The compiler's import helpers ask for this at import time; true keeps them from copying, and so from loading, the module.
        if (key === "__esModule") return true;
        loaded ??= read() as Record<PropertyKey, unknown>;
        return key === "default" && !("default" in loaded) ? loaded : loaded[key];
      },
    },
  );
}
