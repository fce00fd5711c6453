import { putTag, type RepositoryAddress } from "../../src/distribution/copyImage";
import type { Manifest } from "../../src/distribution/manifest";

const digest = (character: string) => `sha256:${character.repeat(64)}`;

test("a tag that another image has stays as it is, and is told with both", async () => {
  const putManifest = jest.fn();
  const client = { host: "registry.test", digestOf: () => Promise.resolve(digest("a")), putManifest };
  const to = { client, repository: "prod/api" } as unknown as RepositoryAddress;
  await expect(putTag(to, "1.0.0", { digest: digest("b") } as Manifest)).rejects.toThrow(
    `FL2120 registry.test/prod/api:1.0.0 is ${digest("a")}, not ${digest("b")}`,
  );
  await putTag(to, "1.0.0", { digest: digest("a") } as Manifest);
  expect(putManifest).not.toHaveBeenCalled();
});
