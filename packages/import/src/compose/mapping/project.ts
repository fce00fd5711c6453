import { changed, decide, exact, ignored, type Row } from "./row";

/** Every key of a Compose file beside `services`. */
export const projectRows: readonly Row[] = [
  exact("name", "(the application's name)"),
  ignored("version", "Compose reads no version any more."),
  exact("include", undefined, { whole: true }),
  changed("networks", "calls", "there is one network; who reaches whom is said under calls.", { whole: true }),
  exact("volumes", "stacks/data.ts", { whole: true }),
  exact("volumes.*.external", "stacks/data.ts"),
  changed("secrets", "secrets", "each is told at the services that read it.", { whole: true }),
  changed("configs", "build.dockerfile", "each is told at the services that read it.", { whole: true }),
  decide("models", "Models are run by Docker Desktop: use Bedrock, or a service that serves the model."),
];
