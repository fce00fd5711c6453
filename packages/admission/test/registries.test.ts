import { admit, formatAdmission } from "../src";

const digest = `@sha256:${"a".repeat(64)}`;
const found = async (image: string, allowedRegistries: string[]) =>
  (await admit({ service: "api", platform: "linux/arm64", images: { api: image } }, { allowedRegistries })).map(({ code }) => code);

test.each([
  ["public.ecr.aws/docker/library/node:22", ["public.ecr.aws"]],
  ["public.ecr.aws/docker/library/node" + digest, ["public.ecr.aws/docker"]],
  ["node:22", ["docker.io/library"]],
  ["docker.io/library/node:22", ["docker.io"]],
  ["localhost:5000/api" + digest, ["ghcr.io", "localhost:5000/api"]],
  [
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com/fairlead/dev/api" + digest,
    ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/fairlead"],
  ],
])("%s may come from %j", async (image, allowed) => expect(await found(image, allowed)).toEqual([]));

test.each([
  ["quay.io/acme/api" + digest, ["public.ecr.aws"]],
  ["public.ecr.aws/docker-evil/node" + digest, ["public.ecr.aws/docker"]],
  ["public.ecr.aws.evil.example/docker/node" + digest, ["public.ecr.aws"]],
  ["evil.example/public.ecr.aws/docker" + digest, ["public.ecr.aws"]],
  ["Public.ECR.aws/docker/node" + digest, ["public.ecr.aws"]],
  ["localhost:5001/api" + digest, ["localhost:5000"]],
  ["someone/node:22", ["docker.io/library"]],
  ["not a reference", ["docker.io"]],
  ["node:22", []],
])("%s may not come from %j", async (image, allowed) => expect(await found(image, allowed)).toEqual(["FL2160"]));

test("it says which container, which image, what is expected, and the fix, in lines of our own alone", async () => {
  const findings = await admit(
    { service: "api", platform: "linux/arm64", images: { api: "public.ecr.aws/a" + digest, log: "quay.io/x\u001b[31m\n::error::y" } },
    { allowedRegistries: ["public.ecr.aws"] },
  );
  const [text, ...others] = formatAdmission(findings);
  expect(others).toEqual([]);
  expect(text!.split("\n")).toEqual([
    "FL2160  api  log",
    expect.stringMatching(/^ {2}the image lies in quay\.io.* \(image from a registry that is not allowed\)$/),
    "  image: quay.io/x\\x1b[31m\\x0a::error::y",
    "  expected: an image of public.ecr.aws (fairlead:allowedRegistries)",
    expect.stringMatching(/^ {2}on ECS: ECS would run it: it pulls from anywhere\./),
    expect.stringMatching(/^ {2}fix: Take the image from one of them/),
  ]);
});
