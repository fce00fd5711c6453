import type { RequestContext } from "@fairlead/access/testing/allows";
import type { ScriptedAccount } from "@fairlead/diagnosis/testing/scriptedAccount";
import { clusterTag } from "@fairlead/model";

/** What IAM judges a call by: a resource, and what the request says of itself. A call is allowed where it is for each resource. */
export interface JudgedRequest {
  resource: string;
  context: RequestContext;
}

type Change = ScriptedAccount["state"]["changes"][number];

/**
 * The resources of a call that changes something, as AWS's authorization reference names them for its action.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function resourcesOfChange({ arn }: ScriptedAccount, { action, input }: Change): JudgedRequest[] {
  const { cluster, service, task, serviceDeploymentArn, taskDefinition, ResourceId, Target, DocumentName } = input as Record<
    string,
    string
  >;
  const clusterArn = arn("ecs", `cluster/${cluster}`);
  const ofTask = { resource: task!, context: {} };
  switch (action) {
    case "ecs:UpdateService":
      return [{ resource: arn("ecs", `service/${cluster}/${service}`), context: {} }];
    case "ecs:StopServiceDeployment":
    case "ecs:ContinueServiceDeployment":
      return [{ resource: serviceDeploymentArn!, context: {} }];
    case "ecs:RunTask":
      return [{ resource: taskDefinition!, context: { "ecs:cluster": clusterArn } }];
    case "ecs:StopTask":
      return [ofTask];
    case "ecs:ExecuteCommand":
      return [ofTask, { resource: clusterArn, context: {} }];
    case "ssm:StartSession": {
      const [, of, id] = /^ecs:(.+)_([^_]+)_[^_]+$/.exec(Target!)!;
      return [
        { resource: arn("ecs", `task/${of}/${id}`), context: {} },
        { resource: arn("ssm", `document/${DocumentName}`).replace(/:\d{12}:/, "::"), context: {} },
      ];
    }
    case "application-autoscaling:RegisterScalableTarget":
      return [
        {
          resource: arn("application-autoscaling", "scalable-target/0a1b2c"),
          context: {
            "application-autoscaling:service-namespace": "ecs",
            "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
            [`aws:ResourceTag/${clusterTag}`]: ResourceId!.split("/")[1],
          },
        },
      ];
    default:
      throw new Error(`Nobody has said which resources ${action} is judged by`);
  }
}
