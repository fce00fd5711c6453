import { composeKeysPage, copilotKeysPage } from "../src";

test.each([
  ["Copilot's", copilotKeysPage()],
  ["Compose's", composeKeysPage()],
])("%s page loses no word in angle brackets: outside of code there are none", (_, page) => {
  const text = page.replaceAll(/`[^`\n]*`/g, "");
  expect(text).toMatch(/&lt;\w+>/);
  expect(text.match(/<[^\n]{0,20}/g)).toBeNull();
});
