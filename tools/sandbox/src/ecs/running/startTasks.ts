import { cpus } from "node:os";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { dockerArchive, LayoutSource } from "@fairlead/images";

import type { AwsAccount } from "../../aws/awsAccount";
import { imagesOf } from "../../corpus/corpusImage";
import { busybox } from "../../corpus/images/common";
import { partsOfLayer } from "../../corpus/layer";
import { Assembly } from "../../corpus/layouts";
import { provideParts } from "../../corpus/parts";
import { bridgeAlone, debianArchitecture, startDocker } from "../../machine/docker";
import { inSandbox } from "../../paths";
import { bridge, ContainerNetwork } from "./containerNetwork";
import { DockerClient } from "./dockerClient";
import { ListenerRules } from "./listenerRules";
import { LoadBalancer } from "./loadBalancer";
import { Scheduler } from "./scheduler";
import { ServiceNames } from "./serviceNames";
import { TargetGroups } from "./targetGroups";
import { TaskImages } from "./taskImages";

const holderImage = "localhost/network:1";

/** What stands for Fargate and for load balancers. */
export interface RunningTasks {
  /** Listens for one target group. */
  listen: (targetGroupArn: string) => Promise<LoadBalancer>;
  /** Listens as a listener does, by its rules. */
  listenAt: (listenerArn: string) => Promise<LoadBalancer>;
}

/** Makes the services of an account that are made from now on run. */
export type Run = (factor: number) => RunningTasks;

/**
 * Starts a Docker engine for the tasks of an account's services.
 *
 * @returns what lets them run. ECS's and the load balancer's waits are by its factor shorter than settings say; programs take the time that they take
 */
export async function startTasks(aws: AwsAccount, accountId: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const { variables, pid } = await startDocker(env, { name: "docker-engine-of-tasks", network: bridgeAlone(bridge.cidr) });
  const network = await ContainerNetwork.start(pid, env);
  const docker = new DockerClient({ ...env, ...variables });
  await loadHolder(docker, env);
  const platform = `linux/${debianArchitecture}`;
  const { access } = aws;
  const images = new TaskImages(docker, platform);
  return (factor) => {
    // Seen on two processors that ran the other lots as well: Node had not started after 10 s, and did not answer within 1.
    const pace = { factor, startFactor: Math.min(1, 5 * factor), answerSeconds: 15 };
    const groups = new TargetGroups(access, network, pace);
    const host = { docker, images, account: access, holderImage, platform, cpus: cpus().length, pace };
    aws.runTasks(new Scheduler(accountId, host, groups, new ServiceNames(network, access), access), groups);
    return {
      listen: (targetGroupArn) => LoadBalancer.listen(groups, network, () => Promise.resolve(targetGroupArn)),
      listenAt: (listenerArn) => {
        const rules = new ListenerRules(new ElasticLoadBalancingV2Client({}), listenerArn);
        return LoadBalancer.listen(groups, network, (path) => rules.targetGroupOf(path));
      },
    };
  };
}

async function loadHolder(docker: DockerClient, env: NodeJS.ProcessEnv): Promise<void> {
  const files = { "bin/busybox": busybox };
  const [image] = imagesOf("task setting", { network: { files, Cmd: ["/bin/busybox", "sleep", "2147483647"] } });
  await provideParts(partsOfLayer(files), env);
  const assembly = new Assembly(inSandbox("network-image"), env);
  const source = new LayoutSource((await assembly.build(image!)).layout);
  const root = await source.root();
  const manifest = root.manifests ? await source.manifest(root.manifests[0]!) : root;
  await docker.load(dockerArchive(source, manifest, holderImage));
  assembly.remove();
}
