import { policyDocument, requireTls, type Binding } from "@fairlead/foundation";
import { bindingVariables } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import * as ec2 from "@pulumi/aws/ec2";
import * as efs from "@pulumi/aws/efs";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";

/** Arguments of {@link FileSystem}. */
export interface FileSystemArgs {
  network: Network;
  /** ARN of the KMS key that encrypts files. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** `elastic` by default: paid by what is read and written, with no throughput to plan. */
  throughputMode?: "elastic" | "bursting";
  /**
   * Whether every file is one user's, whoever writes it. True by default, so that no program gets at a file by being root. False is for images that change to
   * a user of their own as they start, as those of databases do, and hand their files over to it: each process is then the user that it runs as, root
   * included, as on a volume of Docker's, and anybody may write into the folder itself. Choose it once: another value replaces the access points.
   * @see https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html
   */
  enforceUserIdentity?: boolean;
  /**
   * Whether all services that are bound have one folder, as with a volume that several containers mount. False by default: each has a folder of its own.
   * Choose it once: another value leads to another folder, which is empty.
   * @see https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html
   */
  sharedFolder?: boolean;
  /** Pulumi refuses deletion and replacement (`protect`) until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the file system just before it is created. */
  transform?: (args: efs.FileSystemArgs) => efs.FileSystemArgs;
}

const nfsPort = 2049;
/** The user of the containers: the files that they make through an access point are theirs. */
const user = { uid: 1000, gid: 1000 };
const root = { uid: 0, gid: 0 };

/**
 * An EFS file system with a mount target in each zone, backed up daily, TLS only. Each service that mounts it gets a folder of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 * @example
 * ```ts
 * const media = new FileSystem("media", { network });
 * ```
 */
export class FileSystem extends pulumi.ComponentResource implements Bindable {
  readonly kind = "fileSystem";
  readonly fileSystemId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  private readonly label: string;
  private readonly enforceUserIdentity: boolean;
  private readonly sharedFolder: boolean;

  constructor(name: string, args: FileSystemArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:FileSystem", name, {}, options);
    this.label = name;
    this.enforceUserIdentity = args.enforceUserIdentity ?? true;
    this.sharedFolder = args.sharedFolder ?? false;
    const { network } = args;
    const base: efs.FileSystemArgs = {
      encrypted: true,
      kmsKeyId: args.kmsKeyArn,
      throughputMode: args.throughputMode ?? "elastic",
      lifecyclePolicies: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
      tags: { Name: name },
    };
    const fileSystem = new efs.FileSystem(name, args.transform?.(base) ?? base, {
      parent: this,
      protect: (args.deletionProtection ?? true) || undefined,
    });
    const parent = { parent: this };
    new efs.BackupPolicy(name, { fileSystemId: fileSystem.id, backupPolicy: { status: "ENABLED" } }, parent);
    const policy = new efs.FileSystemPolicy(
      name,
      {
        fileSystemId: fileSystem.id,
        // Once there is a policy, whoever mounts needs a role that may: this one only takes away.
        policy: policyDocument([requireTls("*", [fileSystem.arn])]),
      },
      parent,
    );
    const securityGroup = new ec2.SecurityGroup(
      `${name}-efs`,
      { vpcId: network.vpcId, description: `File system ${name}: its services only` },
      parent,
    );
    const subnetIds = network.mountTargetSubnetIds();
    const mountTargets = Array.from({ length: network.zones }, (_, zone) => {
      const subnetId = subnetIds.apply((ids) => ids[zone]!);
      return new efs.MountTarget(
        `${name}-${zone + 1}`,
        { fileSystemId: fileSystem.id, subnetId, securityGroups: [securityGroup.id] },
        parent,
      );
    });
    // A task can't mount the file system before its zone has a mount target, and the policy decides how: who reads the id waits for both.
    const ready = pulumi.all([...mountTargets, policy].map(({ id }) => id));
    this.fileSystemId = pulumi.all([fileSystem.id, ready]).apply(([id]) => id);
    this.arn = fileSystem.arn;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({ fileSystemId: this.fileSystemId });
  }

  /** A folder of the service's own, or the one that all share, mounted at `containerPath`; `<NAME>_PATH` says where. */
  bind(args: BindArgs): Binding {
    const { fileSystemId, arn, securityGroupId, enforceUserIdentity: isEnforced } = this;
    const { uid, gid } = isEnforced ? user : root;
    const rootDirectory = {
      path: this.sharedFolder ? "/shared" : `/${args.serviceName}`,
      creationInfo: { ownerUid: uid, ownerGid: gid, permissions: isEnforced ? "0750" : "0777" },
    };
    const accessPoint = { posixUser: isEnforced ? user : undefined, rootDirectory };
    return fileSystemBinding(this.label, { fileSystemId, arn, securityGroupId, actsAsRoot: !isEnforced }, accessPoint, args);
  }
}

/** What is known of a file system that services are bound to. */
export interface BoundFileSystem {
  fileSystemId: pulumi.Input<string>;
  arn: pulumi.Input<string>;
  securityGroupId: pulumi.Input<string>;
  /** Whether root of a container is root there as well. False by default. */
  actsAsRoot?: boolean;
}

/** Mounts a file system through an access point of the service's own. */
export function fileSystemBinding(
  label: string,
  { fileSystemId, arn, securityGroupId, actsAsRoot = false }: BoundFileSystem,
  accessPointArgs: Omit<efs.AccessPointArgs, "fileSystemId">,
  { serviceName, access, containerPath = `/mnt/${label}`, parent }: BindArgs,
): Binding {
  const accessPoint = new efs.AccessPoint(`${serviceName}-${label}`, { fileSystemId, ...accessPointArgs }, { parent });
  const write = access === "read" ? [] : ["elasticfilesystem:ClientWrite"];
  if (actsAsRoot) write.push("elasticfilesystem:ClientRootAccess");
  return {
    environment: { [bindingVariables("fileSystem", label).environment.PATH]: containerPath },
    statements: [
      {
        Effect: "Allow",
        Action: ["elasticfilesystem:ClientMount", ...write],
        Resource: arn,
        Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint.arn } },
      },
    ],
    ingress: { name: label, securityGroupId, port: nfsPort },
    volume: { name: label, fileSystemId, accessPointId: accessPoint.id, containerPath, readOnly: access === "read" },
  };
}

/** Declares a {@link FileSystem}. */
export const fileSystem = (args: Own<FileSystemArgs> = {}): DataDeclaration<FileSystem> => ({
  kind: "fileSystem",
  create: (name, { network, kmsKeyArn, deletionProtection }) => new FileSystem(name, { network, kmsKeyArn, deletionProtection, ...args }),
});
