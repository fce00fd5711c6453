import { incident } from "../../testing/incident";
import { fargateWeb, worker } from "../../testing/scenes/healthy";
import { withoutNat } from "../../testing/scenes/network";

/** One healthy service and three incidents: how others are written. */
export default [
  incident({
    title: "a web service whose deployment came out yesterday",
    source: "made up",
    expect: { nothing: true },
    scene: () => fargateWeb(),
  }),

  incident({
    title: "a new revision is killed at its task's 512 MiB, and the circuit breaker rolls it back",
    source: "https://repost.aws/knowledge-center/ecs-resolve-outofmemory-errors",
    expect: { first: ["out-of-memory-task"] },
    mentions: ["512"],
    scene: () => {
      const scene = fargateWeb();
      scene.registerTaskDefinition();
      scene.deploy(600);
      scene.stop(
        {
          ...{ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" },
          containers: [{ exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage", log: ["loading the catalogue"] }],
        },
        3,
      );
      scene.rollBack();
      return scene;
    },
  }),

  incident({
    title: "tasks in subnets without a NAT gateway and without endpoints can't pull from ECR",
    source: "https://repost.aws/knowledge-center/ecs-fargate-pull-container-error",
    expect: { first: ["ecr-unreachable"] },
    scene: () => {
      const scene = worker();
      withoutNat(scene.account);
      scene.registerTaskDefinition();
      scene.deploy(600);
      const { region } = scene.account;
      const address = `https://api.ecr.${region}.amazonaws.com/`;
      scene.stop(
        {
          stopCode: "TaskFailedToStart",
          stoppedReason:
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a " +
            "connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: " +
            `Post "${address}": dial tcp 10.0.0.5:443: i/o timeout`,
        },
        2,
      );
      scene.countFailures(2);
      return scene;
    },
  }),

  incident({
    title: "the load balancer asks for /health, and the program answers 404",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    expect: { first: ["target-health-path"] },
    mentions: ["/health", "404"],
    scene: () => {
      const scene = fargateWeb();
      scene.registerTaskDefinition();
      scene.deploy(300);
      for (const task of scene.run(2, 120)) {
        scene.register(task, {
          ...{ State: "unhealthy", Reason: "Target.ResponseCodeMismatch" },
          Description: "Health checks failed with these codes: [404]",
        });
      }
      scene.stop({
        ...{ stopCode: "ServiceSchedulerInitiated", ranSeconds: 95, stoppedSecondsAgo: 30 },
        stoppedReason:
          "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/api/73e2d6bc24d8a067)",
        containers: [{ exitCode: 143, log: ["listening on 0.0.0.0:3000"] }],
      });
      return scene;
    },
  }),
];
