import { minimal, problems, write } from "./folder";

test.each([
  ["sessions", "sessions: cache(),"],
  ["mail-jobs", '"mail-jobs": queue(),'],
  ["uploads", "uploads: bucket(),"],
  ["order", "order: postgres(),"],
])("data that there is not is told with the line that declares it: %s", (name, line) => {
  write("api", `${minimal}uses: [{ name: ${name} }]\n`);
  expect(problems()[0]!.fix).toContain(`Or declare it: \`${line}\` in stacks/data.ts`);
});
