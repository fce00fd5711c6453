import { definition, findingsOf, imported, importedService } from "./definition";

test("folders of the task's own can be written, what is kept has to be decided", () => {
  const volumes = [
    { name: "cache", host: {} },
    { name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
  ];
  const mountPoints = [
    { sourceVolume: "cache", containerPath: "/cache" },
    { sourceVolume: "files", containerPath: "/files" },
  ];
  const { manifest, result } = importedService({ mountPoints }, { volumes });
  expect(manifest.writableMounts).toEqual(["/cache"]);
  expect(findingsOf(result, "volumes[1].efsVolumeConfiguration")).toMatchObject([{ outcome: "decide", to: "uses" }]);
});

test("a folder that containers share has to be decided, and each writes into its own", () => {
  const [socket, pages] = ["socket", "pages"];
  const mountPoints = [
    { sourceVolume: socket, containerPath: "/run/app" },
    { sourceVolume: pages, containerPath: "/pages" },
  ];
  const others = [
    { sourceVolume: socket, containerPath: "/run/proxy" },
    { sourceVolume: pages, containerPath: "/usr/share/nginx/html", readOnly: true },
  ];
  const { manifest, result } = importedService({ mountPoints }, { volumes: [{ name: socket, host: {} }, { name: pages }] }, [
    { name: "proxy", image: "proxy:1", mountPoints: others },
  ]);
  expect(manifest).toMatchObject({ writableMounts: ["/run/app", "/pages"], sidecars: { proxy: { writableMounts: ["/run/proxy"] } } });
  for (const index of [0, 1])
    expect(findingsOf(result, `containerDefinitions[${index}].mountPoints`)).toMatchObject(
      Array(2).fill({ outcome: "decide", text: expect.stringContaining("share no folders") as string }),
    );
});

test("a folder that is only read, and that nobody writes into, is told to be left out", () => {
  const mountPoints = [{ sourceVolume: "pages", containerPath: "/pages", readOnly: true }];
  const { manifest, result } = importedService({ mountPoints }, { volumes: [{ name: "pages", host: {} }] });
  expect(manifest.writableMounts).toBeUndefined();
  const [finding] = findingsOf(result, "containerDefinitions[0].mountPoints");
  expect(finding).toMatchObject({ outcome: "dropped", was: "pages:/pages" });
  expect(finding!.to).toBeUndefined();
  expect(finding!.now).toBeUndefined();
});

test.each([
  ["a mount point", { mountPoints: [{ sourceVolume: "v", containerPath: "/" }] }],
  ["a tmpfs", { linuxParameters: { tmpfs: [{ containerPath: "scratch", size: 64 }] } }],
])("%s where nothing can be mounted is refused: FL2904", (_, container) => {
  const { problems } = imported({ "t.json": definition(container, { volumes: [{ name: "v" }] }) });
  expect(problems).toMatchObject([{ code: "FL2904", expected: expect.stringContaining("containerPath") as string }]);
});

test("a folder in memory is one on disk, and whose fault that is is said", () => {
  const { manifest, result } = importedService({ linuxParameters: { tmpfs: [{ containerPath: "/scratch", size: 64 }] } });
  expect(manifest.writableMounts).toEqual(["/scratch"]);
  expect(findingsOf(result, "containerDefinitions[0].linuxParameters.tmpfs[0]")).toMatchObject([
    { outcome: "changed", to: "writableMounts", text: expect.stringMatching(/^Fairlead has no key for tmpfs/) as string },
  ]);
});
