import { compositionFile, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

const sidecar = "public.ecr.aws/nginx/nginx:1.29";
let project: ProjectFolder;
beforeAll(() => {
  project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 3000", "sidecars:", "  proxy:", `    image: ${sidecar}`),
    ...service("traced", "kind: worker", "tracing: OTEL"),
  });
});
afterAll(() => project.remove());

const inspections = async (config: Record<string, string>) =>
  ofType(await planOf(project, config), "pulumi-nodejs:dynamic/fairlead:ImageInspection").map(({ inputs }) => inputs);
const allowed = (...entries: string[]) => ({ allowedRegistries: JSON.stringify(entries) });

test("where nothing is required, inspections have no word of it", async () => {
  const inputs = await inspections({});
  expect(inputs).toHaveLength(2);
  for (const each of inputs) expect(each).not.toHaveProperty("admission");
});

test("registries are handed to each inspection, with the service's own repository", async () => {
  const api = (await inspections(allowed("public.ecr.aws"))).find(({ service: name }) => name === "api");
  expect(api!.admission).toEqual({
    allowedRegistries: ["public.ecr.aws", { $output: expect.stringMatching(/Repository::api#repositoryUrl$/) as string }],
  });
});

test("a sidecar from elsewhere is refused before the first resource, at its place in the manifest", async () => {
  const told = await refusalOf(planOf(project, allowed("public.ecr.aws/aws-observability", "quay.io")));
  expect(told).toMatch(/apps\/api\/service\.yaml:5:12 {2}FL2160 {2}sidecars\.proxy\.image is "public\.ecr\.aws\/nginx\/nginx:1\.29"/);
  expect(told).toContain("expected: an image of public.ecr.aws/aws-observability, quay.io (fairlead:allowedRegistries)");
  expect(told).toContain("fix: Take the image from one of them");
});

test("so is one that a feature brings along", async () => {
  const told = await refusalOf(planOf(project, allowed("public.ecr.aws/nginx")));
  expect(told).toMatch(/containers\.aws-otel-collector\.image: FL2160 "public\.ecr\.aws\/aws-observability\/aws-otel-collector:/);
});

test("an empty list lets the service's own repository alone", async () => {
  expect(await refusalOf(planOf(project, allowed()))).toMatch(/FL2160[^]*expected: an image of no registry but the service's own/);
});

test.each([["public.ecr.aws/*"], ["https://public.ecr.aws"], ["nginx"], ["public.ecr.aws/"], ["public.ecr.aws/Docker"], ["a..b"]])(
  "%s names no registry, and is told where it stands",
  async (entry) => {
    project.write({ "stacks/Pulumi.dev.yaml": `config:\n  shop:allowedRegistries:\n    - quay.io\n    - ${JSON.stringify(entry)}\n` });
    const told = await refusalOf(planOf(project, allowed("quay.io", entry)));
    expect(told).toMatch(/stacks\/Pulumi\.dev\.yaml:4:7 {2}FL2407 {2}shop:allowedRegistries has /);
    expect(told).toContain(`has ${JSON.stringify(entry)}`);
  },
);
