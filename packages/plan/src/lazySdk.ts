import Module = require("node:module");

import { isRarelyUsed, onFirstUse } from "./rarelyUsed";

type Load = (request: string, parent: unknown, isMain: boolean) => unknown;
const loader = Module as unknown as { _load: Load };

const load = loader._load;
loader._load = (request, parent, isMain) =>
  isRarelyUsed(request) ? onFirstUse(() => load(request, parent, isMain)) : load(request, parent, isMain);
try {
  // Loads the SDK into the module cache while the loader is patched; nothing else sees the patch.
  require("@pulumi/pulumi");
} finally {
  loader._load = load;
}
