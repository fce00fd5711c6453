import { isEditorFile } from "../src/local/watch/editorFiles";

test.each<[string, boolean]>([
  ["apps/web/.main.js.swp", true],
  ["apps/web/.main.js.swx", true],
  [".swp", true],
  ["apps/web/main.js~", true],
  ["apps/web/.#main.js", true],
  ["apps/web/#main.js#", true],
  ["apps/web/main.js___jb_tmp___", true],
  ["apps/web/main.swp", false],
  ["apps/web/4913", false],
  ["apps/web/cache.tmp", false],
  ["apps/web/#notes.md", false],
  ["apps/web~/main.js", false],
  ["apps/web/.swcrc", false],
  ["apps/web/~", false],
])("%s is an editor's own: %s", (path, expected) => {
  expect(isEditorFile(path)).toBe(expected);
});
