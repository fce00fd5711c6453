import { join } from "node:path";

import { folder, load, minimal, problems, write } from "./folder";

const secrets = "secrets: { A: { ssm: /a, redeployOnChange: true } }";

test("a service and its sidecars may be deployed for another version of a secret", () => {
  write("api", `${minimal}${secrets}\nsidecars: { p: { image: "nginx:1", ${secrets} } }\n`);
  const secret = { A: { ssm: "/a", redeployOnChange: true } };
  expect(load()).toMatchObject([{ secrets: secret, sidecars: { p: { secrets: secret } } }]);
});

test.each([
  ["a job", `kind: job\n${secrets}`, "3:44", "a job has no secrets.A.redeployOnChange"],
  [
    "a scheduled job's sidecar",
    `kind: scheduled-job\nschedule: rate(1 day)\nsidecars: { p: { image: "nginx:1", ${secrets} } }`,
    "4:79",
    "a scheduled-job has no sidecars.p.secrets.A.redeployOnChange",
  ],
])("%s reads what is current at each run, and has no such key", (_, lines, place, problem) => {
  write("api", `name: api\n${lines}\n`);
  const [found, ...others] = problems();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "FL1014", file: join(folder, "api/service.yaml"), problem, fix: "Remove it." });
  expect(`${found!.line}:${found!.column}`).toBe(place);
  write("api", `name: api\n${lines.replace("true", "false")}\n`);
  expect(problems()).toEqual([]);
});
