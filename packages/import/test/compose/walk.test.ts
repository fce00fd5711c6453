import { readFileSync } from "node:fs";
import { join } from "node:path";

import { composeFiles, filesOf, importCompose } from "../../src";
import { sourceFiles } from "../application";

test("docs/from-compose.md shows what the import makes of its project", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/from-compose.md"), "utf8");
  const [compose, service] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
  const files = sourceFiles({ "compose.yaml": compose!, "web/Dockerfile": "FROM node:22-slim\nUSER node\n", "web/main.js": "" });
  const result = importCompose({ files, project: composeFiles(files, "")!, name: "shop", toWorkspace: () => "source", lenient: false });
  expect(result.problems).toEqual([]);
  expect(filesOf(result).get("apps/web/service.yaml")).toBe(
    `# web of the Compose project shop, a service. What is otherwise than it was: import-report.md.\n${service}`,
  );
  const counts = ["exact", "changed", "dropped", "decide"].map(
    (outcome) => result.findings.filter((each) => each.outcome === outcome).length,
  );
  expect(page).toContain(`keys: ${counts[0]} exact, ${counts[1]} changed, ${counts[2]} dropped, ${counts[3]} decide, 0 ignored`);
});
