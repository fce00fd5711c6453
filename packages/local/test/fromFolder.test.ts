import { fromFolder } from "../src/compose/fromFolder";
import type { ComposeFile } from "../src/compose/model";

const file: ComposeFile = {
  ...{ name: "shop", networks: {}, volumes: {}, configs: {}, secrets: {} },
  services: {
    api: {
      image: "api",
      build: { context: "./apps/api", dockerfile: "Dockerfile" },
      develop: { watch: [{ action: "rebuild", path: "./apps/api/src" }] },
      volumes: [
        { type: "bind", source: "./exported/dev/tls/ca.pem", target: "/ca.pem" },
        { type: "bind", source: "/run/tunnel", target: "/tunnel" },
        { type: "volume", source: "data", target: "/data" },
      ],
    },
    all: { image: "all", build: { context: "." } },
  },
};

test.each([
  ["/shop/exported/dev", "../../apps/api", "../../apps/api/src", "./tls/ca.pem", "../.."],
  ["/shop", "./apps/api", "./apps/api/src", "./exported/dev/tls/ca.pem", "."],
  ["/elsewhere", "../shop/apps/api", "../shop/apps/api/src", "../shop/exported/dev/tls/ca.pem", "../shop"],
])("paths lead from %s to where they led before", (folder, context, watched, certificate, root) => {
  const { api, all } = fromFolder(file, "/shop", folder).services;
  expect(api!.build).toEqual({ context, dockerfile: "Dockerfile" });
  expect(api!.develop!.watch[0]!.path).toBe(watched);
  expect(api!.volumes!.map(({ source }) => source)).toEqual([certificate, "/run/tunnel", "data"]);
  expect(all!.build!.context).toBe(root);
});
