import { changed, decide, exact, ignored, type Row } from "./row";

const ofDriver = "It is a volume of a driver: copy what is in it into the file system that is made, by a task that mounts it.";

/** Every key of a Compose file beside `services`. */
export const projectRows: readonly Row[] = [
  exact("name", "(the application's name)"),
  ignored("version", "Compose reads no version any more."),
  exact("include", undefined, { whole: true }),
  changed("networks", "calls", "there is one network; who reaches whom is said under calls.", { whole: true }),
  changed(
    "volumes.*.external",
    "stacks/data.ts",
    "Compose takes one that is there already; here it is made, and begins empty, as all of them: copy what is in it, by a task that mounts it.",
    { whole: true },
  ),
  decide("volumes.*.driver_opts", ofDriver, { to: "stacks/data.ts" }),
  exact("volumes", "stacks/data.ts", { whole: true }),
  changed("secrets", "secrets", "each is told at the services that read it.", { whole: true }),
  changed("configs", "build.dockerfile", "each is told at the services that read it.", { whole: true }),
  decide("models", "Models are run by Docker Desktop: use Bedrock, or a service that serves the model."),
];
