import { platformOf, type CpuArchitecture } from "@fairlead/model";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

/** Which image a container of a task definition gets. */
export interface TaskImage {
  taskDefinition: string;
  /** URN of the task definition. */
  urn: string;
  container: string;
  cpuArchitecture: CpuArchitecture;
  /** As the plan has it, with references to what apply fills in. */
  image: string;
  /** Platforms that the referred docker-build resources build. */
  platforms: string[];
  /** Whether the platforms cover the task's; undefined for an image that this plan does not build. */
  covers: boolean | undefined;
}

/** Follows each container's image in a plan back to the docker-build resources that build it. */
export function imagesOfTasks(plan: Plan): TaskImage[] {
  const resources = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  return plan.resources
    .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
    .flatMap((task) => {
      const { cpuArchitecture = "X86_64" } = (task.inputs.runtimePlatform ?? {}) as { cpuArchitecture?: CpuArchitecture };
      const { containerDefinitions } = task.inputs;
      // The engine knows them only as a whole: where one value comes after apply, all do.
      if (typeof containerDefinitions !== "string") return [];
      const containers = JSON.parse(containerDefinitions) as { name: string; image: string }[];
      return containers.map(({ name, image }) => {
        const sources = referencesIn(image).flatMap(({ urn }) => resources.get(urn) ?? []);
        const platforms = [...new Set(sources.flatMap((source) => platformsOf(source, resources)))];
        const builtHere = sources.some(({ type }) => type.startsWith("docker-build:"));
        return {
          taskDefinition: task.name,
          urn: task.urn,
          container: name,
          cpuArchitecture,
          // A version of somebody else's is pinned at `up`; until then it is what says most.
          image: (sources.find(({ type }) => type.endsWith(":PinnedImage"))?.inputs.image as string | undefined) ?? image,
          platforms,
          covers: builtHere ? platforms.includes(platformOf(cpuArchitecture)) : undefined,
        };
      });
    });
}

function platformsOf(resource: PlanResource | undefined, resources: Map<string, PlanResource>): string[] {
  if (resource?.type === "docker-build:index:Image") return resource.inputs.platforms as string[];
  if (resource?.type !== "docker-build:index:Index") return [];
  return referencesIn(resource.inputs.sources).flatMap(({ urn }) => platformsOf(resources.get(urn), resources));
}
