import { minimal, problems, write } from "./folder";

describe("each mistake of a task's containers, network and capacity gives one diagnosis, where it stands, with a fix", () => {
  const cases: [title: string, manifest: string, code: string, place: string, fix: RegExp, problem: RegExp][] = [
    [
      "a public address on instances",
      `${minimal}assignPublicIp: true\ncapacityProviderStrategy: [{ capacityProvider: graviton }]\n`,
      "FL1022",
      "3:17",
      /Remove it/,
      /on Fargate alone/,
    ],
    [
      "a container that there is not",
      `${minimal}sidecars: { proxy: { image: "nginx:1" } }\ndependsOn: { prox: START }\n`,
      "FL1021",
      "4:20",
      /"proxy"/,
      /names "prox"/,
    ],
    [
      "requests for a container that there is not",
      `${minimal}targetContainer: prox\nsidecars: { proxy: { image: "nginx:1", containerPort: 8081 }, agent: { image: "agent:1" } }\n`,
      "FL1021",
      "3:18",
      /Did you mean "proxy"/,
      /names "prox", no container/,
    ],
    [
      "requests for a sidecar that listens nowhere",
      `${minimal}targetContainer: proxy\nsidecars: { proxy: { image: "nginx:1" } }\n`,
      "FL1021",
      "3:18",
      /Give sidecars.proxy its containerPort/,
      /a sidecar without containerPort/,
    ],
    [
      "two volumes in one folder",
      `${minimal}writableMounts: [/tmp]\nmountPoints: [{ sourceVolume: spool, containerPath: /tmp }]\n`,
      "FL1056",
      "4:53",
      /Mount spool elsewhere/,
      /writableMounts has it/,
    ],
    [
      "two volumes in one folder of a sidecar",
      `${minimal}sidecars:\n  proxy:\n    image: nginx:1\n    mountPoints:\n      - { sourceVolume: a, containerPath: /x }\n      - { sourceVolume: b, containerPath: /x }\n`,
      "FL1056",
      "8:43",
      /Mount b elsewhere/,
      /a is there/,
    ],
    [
      "a wait for the health of a container that has no check",
      `${minimal}sidecars: { proxy: { image: "nginx:1" } }\ndependsOn: { proxy: HEALTHY }\n`,
      "FL1021",
      "4:21",
      /sidecars\.proxy\.containerHealthCheck/,
      /"proxy" to be HEALTHY, and it has no containerHealthCheck/,
    ],
    [
      "a sidecar's wait for the health of a service that has no check",
      `${minimal}healthCheck: { path: /up }\nsidecars:\n  proxy:\n    image: nginx:1\n    dependsOn: { api: HEALTHY }\n`,
      "FL1021",
      "7:23",
      /Add containerHealthCheck/,
      /sidecars\.proxy\.dependsOn wants "api" to be HEALTHY/,
    ],
    [
      "security groups of tasks behind the instance's",
      `${minimal}securityGroups: [sg-0a1b2c3d]\nnetworkMode: bridge\ncapacityProviderStrategy: [{ capacityProvider: graviton }]\n`,
      "FL1022",
      "3:17",
      /Remove securityGroups/,
      /networkMode bridge/,
    ],
    [
      "capacity that there is not",
      `${minimal}capacityProviderStrategy: [{ capacityProvider: FARGATE_SPOTS }]\n`,
      "FL1022",
      "3:48",
      /FARGATE_SPOT/,
      /FARGATE_SPOTS/,
    ],
    [
      "placement on Fargate",
      `${minimal}placement: { constraints: [{ type: distinctInstance }] }\n`,
      "FL1022",
      "3:12",
      /capacityProviderStrategy/,
      /needs EC2/,
    ],
  ];
  test.each(cases)("%s", (_, manifest, code, place, fix, problem) => {
    write("api", manifest);
    const found = problems();
    expect(found.map((diagnostic) => `${diagnostic.code} ${diagnostic.line}:${diagnostic.column}`)).toEqual([`${code} ${place}`]);
    expect(found[0]!.fix).toMatch(fix);
    expect(found[0]!.problem).toMatch(problem);
  });
});
