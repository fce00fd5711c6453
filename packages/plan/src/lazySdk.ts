import Module = require("node:module");

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;
const loader = Module as unknown as { _load: Load };

/** Modules that the SDK loads at start and uses only to serialise functions and to look for plugins: half of its start-up time. */
const rarelyUsed = /(^|\/)typescript-shim$|^@npmcli\/arborist$/;

const load = loader._load;
loader._load = (request, parent, isMain) =>
  rarelyUsed.test(request) ? onFirstUse(() => load(request, parent, isMain)) : load(request, parent, isMain);
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
