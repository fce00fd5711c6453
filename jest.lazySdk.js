// Jest loads modules by itself, once for each test file, so it never sees packages/plan/src/lazySdk.ts. This does the same to the SDK's sources.
const { createHash } = require("node:crypto");
const { join } = require("node:path");
require("@fairlead/transpile/register");

const helper = join(__dirname, "packages/plan/src/rarelyUsed.ts");
const { isRarelyUsed } = require(helper);

function lazily(source) {
  const wrap = (call) => `require(${JSON.stringify(helper)}).onFirstUse(() => ${call})`;
  return source.replace(/\brequire\("([^"]+)"\)/g, (call, request) => (isRarelyUsed(request) ? wrap(call) : call));
}

module.exports = {
  process: (source) => ({ code: lazily(source) }),
  getCacheKey: (source) => createHash("sha256").update(lazily(source)).digest("hex"),
};
