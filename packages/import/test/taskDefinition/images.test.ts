import { definition, findingsOf, imported, importedService } from "./definition";

test.each([
  ["<IMAGE>", { executionRoleArn: "arn:aws:iam::111122223333:role/x" }, undefined],
  ["<IMAGE>", {}, undefined],
  ["REPOSITORY_URI:TAG", {}, undefined],
])("an image that a workflow fills in has to be decided: %s", (image, task, expected) => {
  const { manifest, result } = importedService({ image }, task);
  expect(manifest.image).toEqual(expected);
  expect(findingsOf(result, "containerDefinitions[0].image")).toMatchObject([{ outcome: "decide", was: image }]);
});

test("of whom the account is known the image is in a repository", () => {
  const logConfiguration = { logDriver: "awslogs", options: { "awslogs-region": "eu-west-1", "awslogs-group": "g" } };
  const { manifest } = importedService({ image: "<IMAGE>", logConfiguration }, { executionRoleArn: "arn:aws:iam::111122223333:role/x" });
  expect(manifest.image).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:latest");
});

test("or whoever imports it names the image", () => {
  const { services, findings } = imported({ "t.json": definition({ image: "<IMAGE>" }) }, { image: "example.com/shop:2" });
  expect(services[0]!.layers.base.image).toBe("example.com/shop:2");
  expect(findings).toContainEqual(expect.objectContaining({ outcome: "changed", was: "<IMAGE>", now: "example.com/shop:2" }));
});

test.each([
  ["an image as it was", "registry.example.com/shop:1", undefined, {}, { secretsManager: "arn" }, "exact"],
  ["an image that was named", "<IMAGE>", "registry.example.com/shop:2", {}, { secretsManager: "arn" }, "decide"],
  ["an image in ECR that was named", "<IMAGE>", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:2", {}, undefined, "decide"],
  ["an image that nobody named", "<IMAGE>", undefined, {}, undefined, "decide"],
  ["an image that is built", "<IMAGE>", undefined, { Dockerfile: "FROM scratch\n" }, undefined, "changed"],
])("the login of a registry is told of with %s", (_, reference, image, files, expected, outcome) => {
  const text = definition({ image: reference, repositoryCredentials: { credentialsParameter: "arn" } });
  const result = imported({ "t.json": text, ...files }, { image });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base.repositoryCredentials).toEqual(expected);
  expect(findingsOf(result, "containerDefinitions[0].repositoryCredentials")).toMatchObject([{ outcome }]);
});

const workflow = (steps: string) => `env:
  TASK: deploy/task-definition.json
  CONTAINER: api
jobs:
  deploy:
    steps:
${steps}
      - uses: aws-actions/amazon-ecs-render-task-definition@v1
        with: { task-definition: "\${{ env.TASK }}", container-name: "\${{ env.CONTAINER }}", image: x }
`;

test.each([
  [
    "      - run: |\n          docker build -t x -f api/Dockerfile.prod api\n          docker push x",
    "../../api/Dockerfile.prod",
    "../../api",
  ],
  [
    "      - uses: docker/build-push-action@v6\n        with: { context: api, file: api/Dockerfile.prod }",
    "../../api/Dockerfile.prod",
    "../../api",
  ],
])("the workflow that deploys it says which container it is, and what its image is built of", (steps, dockerfile, context) => {
  const result = imported({
    "deploy/task-definition.json": definition({ name: "proxy", image: "proxy:1" }, {}, [
      { name: "api", image: "<IMAGE>", portMappings: [{ containerPort: 3000 }] },
    ]),
    ".github/workflows/deploy.yml": workflow(steps),
    "api/Dockerfile.prod": "FROM scratch\n",
  });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base).toMatchObject({
    containerPort: 3000,
    build: { context, dockerfile },
    sidecars: { proxy: { image: "proxy:1" } },
  });
  expect(result.findings).toContainEqual(
    expect.objectContaining({
      to: ".github/workflows",
      place: expect.objectContaining({ line: 7 + steps.split("\n").length }) as object,
    }),
  );
});
