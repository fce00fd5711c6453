import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { repositoryNameIn } from "@fairlead/model";

import type { TerraformProvider } from "../../aws/terraformProvider";
import { run } from "../../machine/run";
import { inSandbox } from "../../paths";
import { region } from "../../sandboxAccount";
import { SandboxError } from "../../progress";
import { stackName } from "./stack";

/** The names of what is made: some are those that the stack would give, others are nobody's. */
export const names = {
  cluster: stackName,
  repository: repositoryNameIn(stackName, "web"),
  bucket: "shop-former-exports",
  table: "shop-former-carts",
  database: "shop-former-orders",
  service: "former-web",
} as const;
/** What all of it is tagged with. */
export const tag = { key: "team", value: "shop" };

/** What a shop that was there before consists of, by Terraform's own provider: it knows nothing of ours. */
const configuration = (image: string) => ({
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  provider: {
    aws: {
      region,
      s3_use_path_style: true,
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      default_tags: { tags: { [tag.key]: tag.value } },
    },
  },
  resource: { ...network, ...entry, ...data, ...tasks(image) },
  output: Object.fromEntries(
    Object.entries({
      vpcId: "aws_vpc.shop.id",
      listenerArn: "aws_lb_listener.shop.arn",
      targetGroupArn: "aws_lb_target_group.web.arn",
      secretArn: "aws_secretsmanager_secret.orders.arn",
      loadBalancerArn: "aws_lb.shop.arn",
    }).map(([name, value]) => [name, { value: `\${${value}}` }]),
  ),
});

const ref = (text: string) => `\${${text}}`;
const zones = ["a", "b"];
const vpc_id = ref("aws_vpc.shop.id");

const network = {
  aws_vpc: { shop: { cidr_block: "10.7.0.0/16", enable_dns_hostnames: true } },
  aws_internet_gateway: { shop: { vpc_id } },
  aws_subnet: Object.fromEntries(
    zones.flatMap((zone, index) => [
      [
        `public_${zone}`,
        { vpc_id, cidr_block: `10.7.${index}.0/24`, availability_zone: `${region}${zone}`, map_public_ip_on_launch: true },
      ],
      [`private_${zone}`, { vpc_id, cidr_block: `10.7.${index + 10}.0/24`, availability_zone: `${region}${zone}` }],
    ]),
  ),
  aws_route_table: {
    public: { vpc_id, route: [{ ...emptyRoute(), cidr_block: "0.0.0.0/0", gateway_id: ref("aws_internet_gateway.shop.id") }] },
  },
  aws_route_table_association: Object.fromEntries(
    zones.map((zone) => [zone, { subnet_id: ref(`aws_subnet.public_${zone}.id`), route_table_id: ref("aws_route_table.public.id") }]),
  ),
};

/** In JSON Terraform wants each argument of a block that is an attribute as well. */
function emptyRoute() {
  const others = ["carrier_gateway_id", "core_network_arn", "destination_prefix_list_id", "egress_only_gateway_id", "ipv6_cidr_block"];
  const more = [
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
  ];
  return Object.fromEntries([...others, ...more].map((name) => [name, null]));
}

const everywhere = { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" };
const publicSubnets = zones.map((zone) => ref(`aws_subnet.public_${zone}.id`));
const entry = {
  aws_security_group: {
    alb: { vpc_id, description: "Entry" },
    tasks: { vpc_id, description: "Tasks" },
    orders: { vpc_id, description: "Orders" },
  },
  aws_vpc_security_group_ingress_rule: {
    alb: { security_group_id: ref("aws_security_group.alb.id"), cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 80, to_port: 80 },
    tasks: {
      security_group_id: ref("aws_security_group.tasks.id"),
      referenced_security_group_id: ref("aws_security_group.alb.id"),
      ...{ ip_protocol: "tcp", from_port: 8080, to_port: 8080 },
    },
  },
  aws_vpc_security_group_egress_rule: {
    alb: { security_group_id: ref("aws_security_group.alb.id"), ...everywhere },
    tasks: { security_group_id: ref("aws_security_group.tasks.id"), ...everywhere },
  },
  aws_lb: {
    shop: {
      name: "shop-former",
      load_balancer_type: "application",
      subnets: publicSubnets,
      security_groups: [ref("aws_security_group.alb.id")],
    },
  },
  aws_lb_target_group: {
    web: {
      ...{ name: "shop-former-web", port: 8080, protocol: "HTTP", target_type: "ip", vpc_id, deregistration_delay: 5 },
      health_check: [{ path: "/health", interval: 5, timeout: 2, healthy_threshold: 2, unhealthy_threshold: 2 }],
    },
  },
  aws_lb_listener: {
    shop: {
      ...{ load_balancer_arn: ref("aws_lb.shop.arn"), port: 80, protocol: "HTTP" },
      default_action: [{ type: "fixed-response", fixed_response: [{ content_type: "text/plain", status_code: "404" }] }],
    },
  },
  aws_lb_listener_rule: {
    web: {
      ...{ listener_arn: ref("aws_lb_listener.shop.arn"), priority: 49_000 },
      action: [{ type: "forward", target_group_arn: ref("aws_lb_target_group.web.arn") }],
      condition: [{ path_pattern: [{ values: ["/*"] }] }],
    },
  },
};

const data = {
  aws_ecr_repository: { web: { name: names.repository, image_tag_mutability: "MUTABLE" } },
  aws_s3_bucket: { exports: { bucket: names.bucket } },
  aws_dynamodb_table: {
    carts: { name: names.table, billing_mode: "PAY_PER_REQUEST", hash_key: "id", attribute: [{ name: "id", type: "S" }] },
  },
  aws_secretsmanager_secret: { orders: { name: "shop-former-orders" } },
  aws_secretsmanager_secret_version: {
    orders: { secret_id: ref("aws_secretsmanager_secret.orders.id"), secret_string: '{"username":"shop","password":"only-here"}' },
  },
  aws_db_subnet_group: { orders: { name: names.database, subnet_ids: zones.map((zone) => ref(`aws_subnet.private_${zone}.id`)) } },
  aws_rds_cluster: {
    orders: {
      ...{ cluster_identifier: names.database, engine: "aurora-postgresql", database_name: "orders", port: 5432 },
      ...{ master_username: "shop", master_password: "only-here-and-long", storage_encrypted: true, skip_final_snapshot: true },
      db_subnet_group_name: ref("aws_db_subnet_group.orders.name"),
      vpc_security_group_ids: [ref("aws_security_group.orders.id")],
    },
  },
};

const assume = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
});
const mayStart = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["ecr:*", "logs:*"], Resource: "*" }] });

const tasks = (image: string) => ({
  aws_ecs_cluster: { shop: { name: names.cluster } },
  aws_cloudwatch_log_group: { web: { name: "/shop/former" } },
  aws_iam_role: { start: { name: "shop-former-start", assume_role_policy: assume } },
  aws_iam_role_policy: { start: { name: "start", role: ref("aws_iam_role.start.id"), policy: mayStart } },
  aws_ecs_task_definition: {
    web: {
      ...{ family: names.service, requires_compatibilities: ["FARGATE"], network_mode: "awsvpc", cpu: "256", memory: "512" },
      execution_role_arn: ref("aws_iam_role.start.arn"),
      container_definitions: JSON.stringify([
        {
          ...{ name: "app", image, essential: true, portMappings: [{ containerPort: 8080 }] },
          environment: [{ name: "REVISION", value: "former" }],
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/shop/former", "awslogs-region": region, "awslogs-stream-prefix": "web" },
          },
        },
      ]),
    },
  },
  aws_ecs_service: {
    web: {
      ...{ name: names.service, cluster: ref("aws_ecs_cluster.shop.id"), desired_count: 1, launch_type: "FARGATE" },
      task_definition: ref("aws_ecs_task_definition.web.arn"),
      load_balancer: [{ target_group_arn: ref("aws_lb_target_group.web.arn"), container_name: "app", container_port: 8080 }],
      network_configuration: [{ subnets: publicSubnets, security_groups: [ref("aws_security_group.tasks.id")], assign_public_ip: true }],
      depends_on: ["aws_lb_listener_rule.web", "aws_iam_role_policy.start"],
    },
  },
});

/** What Terraform made. */
export interface MadeByTerraform {
  outputs: Record<"vpcId" | "listenerArn" | "targetGroupArn" | "secretArn" | "loadBalancerArn", string>;
  /** What Terraform would change now, by its own plan; empty where all is as it made it. */
  changes: () => Promise<string[]>;
  /** Takes the service away, as its owner does once all requests have moved. */
  destroyService: () => Promise<void>;
}

/** @throws SandboxError where Terraform refuses */
export async function makeByTerraform(terraform: string, provider: TerraformProvider, image: string): Promise<MadeByTerraform> {
  const folder = inSandbox("terraform");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration(image)));
  const env = { ...process.env, TF_CLI_CONFIG_FILE: mirrorOf(provider, folder) };
  const call = (...args: string[]) => run(terraform, args, { cwd: folder, env });
  await call("init", "-input=false", "-no-color");
  await call("apply", "-auto-approve", "-input=false", "-no-color");
  const printed = JSON.parse(await call("output", "-json")) as Record<string, { value: string }>;
  return {
    outputs: Object.fromEntries(Object.entries(printed).map(([name, { value }]) => [name, value])) as MadeByTerraform["outputs"],
    changes: async () => {
      await call("plan", "-out=plan", "-input=false", "-no-color");
      const { resource_changes = [] } = JSON.parse(await call("show", "-json", "plan")) as {
        resource_changes?: { address: string; change: { actions: string[] } }[];
      };
      return resource_changes.flatMap(({ address, change: { actions } }) =>
        actions[0] === "no-op" ? [] : [`${actions.join(", ")} ${address}`],
      );
    },
    destroyService: async () => void (await call("destroy", "-auto-approve", "-input=false", "-no-color", "-target=aws_ecs_service.web")),
  };
}

/** A mirror of the one provider, so that `terraform init` asks nobody. */
function mirrorOf({ binary }: TerraformProvider, folder: string): string {
  // …/registry.terraform.io/hashicorp/aws/<version>/<platform>/<program>
  const mirror = resolve(dirname(binary), "../../../../..");
  if (!existsSync(join(mirror, "registry.terraform.io"))) throw new SandboxError(`${basename(binary)} lies in no mirror of Terraform's.`);
  const file = join(folder, "terraform.rc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return file;
}
