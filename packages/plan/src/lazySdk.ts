import Module = require("node:module");

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;
const loader = Module as unknown as { _load: Load };

/** Modules that the SDK loads at start, by what it uses them for. Together they take two thirds of its start. */
const rarelyUsed = [
  // To serialise functions and to look for plugins.
  /(^|\/)typescript-shim$|^@npmcli\/arborist$|^normalize-package-data$|^fdir$/,
  // To drive Pulumi from a program.
  /^\.\/automation$/,
  // To talk to the engine, of which there is none.
  /^@grpc\/grpc-js$|_grpc_pb$|^@opentelemetry\/api$/,
  // To choose among versions of packages whose resources are passed as values.
  /^semver$/,
];

const load = loader._load;
loader._load = (request, parent, isMain) =>
  rarelyUsed.some((pattern) => pattern.test(request)) ? onFirstUse(() => load(request, parent, isMain)) : load(request, parent, isMain);
try {
  // Loads the SDK into the module cache while the loader is patched; nothing else sees the patch.
  require("@pulumi/pulumi");
} finally {
  loader._load = load;
}

/** Stands for a module and loads it when something of it is used. */
function onFirstUse(read: () => unknown): unknown {
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
