import { composeWatch } from "../src/compose/watch";

const web = { context: "apps/web", dockerfile: "apps/web/Dockerfile" };
const pathsOf = (sources: string[], build = web) => composeWatch(build, sources).map(({ path }) => path);

test.each<[string, string[], string[]]>([
  ["files and folders", ["package.json", "./src", "/lib/"], ["Dockerfile", "lib", "package.json", "src"]],
  ["the whole context, which has the Dockerfile", ["package.json", "."], [""]],
  ["a wildcard in a name", ["package*.json"], [""]],
  ["a wildcard in a folder", ["src/*/index.js", "src/main.js"], ["Dockerfile", "src"]],
  ["a variable", ["dist/$VERSION/app", "dist/${NAME}"], ["Dockerfile", "dist"]],
  ["a way out, which Docker takes for the context", ["../../secrets"], ["Dockerfile", "secrets"]],
  ["nothing", [], ["Dockerfile"]],
  ["a name that begins like another", ["src", "src-generated/a"], ["Dockerfile", "src", "src-generated/a"]],
])("%s", (_, sources, expected) =>
  expect(pathsOf(sources)).toEqual(expected.map((path) => ["./apps/web", path].filter(Boolean).join("/"))),
);

test("the repository as the context", () => {
  expect(pathsOf(["apps/web/src"], { context: ".", dockerfile: "apps/web/Dockerfile" })).toEqual([
    "./apps/web/Dockerfile",
    "./apps/web/src",
  ]);
  expect(pathsOf(["."], { context: ".", dockerfile: "apps/web/Dockerfile" })).toEqual(["."]);
});

test("a Dockerfile beside its context", () => {
  expect(pathsOf(["."], { context: "apps/web", dockerfile: "docker/web.Dockerfile" })).toEqual(["./apps/web", "./docker/web.Dockerfile"]);
});

test("packages that are installed beside the sources build nothing", () => {
  expect(composeWatch(web, ["src"])).toEqual([
    { action: "rebuild", path: "./apps/web/Dockerfile" },
    { action: "rebuild", path: "./apps/web/src", ignore: ["**/node_modules"] },
  ]);
});
