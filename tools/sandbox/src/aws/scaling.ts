import { AwsError, type ResourceModel } from "./model";

const target = "aws:appautoscaling/target:Target";
const service = "aws:ecs/service:Service";

/** Application Auto Scaling. It never scales: nothing runs. */
export const scaling: Record<string, ResourceModel> = {
  [target]: {
    replaceOn: ["resourceId", "scalableDimension", "serviceNamespace"],
    refuse({ resourceId, minCapacity, maxCapacity }, world) {
      if (minCapacity > maxCapacity) throw new AwsError("ValidationException", "Maximum capacity cannot be less than minimum capacity");
      if (!world.all(service).some(({ id }) => id.endsWith(`:${resourceId}`)))
        throw new AwsError("ValidationException", `ECS service doesn't exist: ${resourceId}`);
    },
    create: ({ resourceId }, { arn, unique }) => ({
      id: resourceId,
      outputs: { arn: arn("application-autoscaling", `scalable-target/${unique(12)}`) },
    }),
    refuseDelete(id, _, world) {
      if (world.all("aws:appautoscaling/policy:Policy").some(({ inputs }) => inputs.resourceId === id)) {
        throw new AwsError("ValidationException", `${id} still has policies`);
      }
    },
  },
  "aws:appautoscaling/policy:Policy": {
    autoName: "name",
    replaceOn: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
    refuse({ resourceId }, world) {
      if (!world.get(target, resourceId)) throw new AwsError("ObjectNotFoundException", `No scalable target registered for ${resourceId}`);
    },
    create: ({ name }, { arn }) => ({ id: name, outputs: { arn: arn("autoscaling", `scalingPolicy:${name}`) } }),
  },
};
