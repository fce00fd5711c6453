/** Where the provider says otherwise than the comparison of plans, and why that stays: by change, type and name of the resource. */
export const deviations: Readonly<Record<string, string>> = {
  "m-015-network-mode aws:ecs/taskDefinition:TaskDefinition bridge-api":
    "Both replace it by networkMode. The provider passes over the host ports of awsvpc, which are the container's own, so for it containerDefinitions stay.",
};
