import { platforms } from "@fairlead/model";
import { Type } from "@sinclair/typebox";

import { oneOf, options } from "./typebox";

/** How the image comes about. */
export const build = options(
  {
    context: Type.String({ description: "Folder that is sent to the build, relative to this file.", default: "." }),
    dockerfile: Type.String({ description: "Dockerfile, relative to this file.", default: "Dockerfile" }),
    target: Type.String({ description: "Stage to build. The last one by default." }),
    args: Type.Record(Type.String(), Type.String(), {
      description: "Values for the Dockerfile's ARGs. They stay in the image's history: no secrets.",
    }),
    secrets: Type.Record(Type.String({ pattern: "^[A-Za-z0-9_.-]+$" }), Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_]*$" }), {
      description:
        "Values for RUN --mount=type=secret, by id: the environment variable of whoever runs `pulumi up`. They stay out of the image and the logs.",
    }),
    ssh: Type.Array(Type.String({ minLength: 1 }), {
      description: 'Ids for RUN --mount=type=ssh, of the SSH agent of whoever runs `pulumi up`. Mostly ["default"].',
      uniqueItems: true,
    }),
    platforms: Type.Array(oneOf(platforms, {}), {
      description: "Platforms to build. By default what runtimePlatform needs, which is nearly always right.",
      minItems: 1,
      uniqueItems: true,
    }),
  },
  "How the image is built.",
);
