import type { Area } from "./row";

export const images: Area[] = [
  {
    title: "Images",
    rows: [
      {
        what: "one image for each platform, joined by an index",
        components: ["ContainerImage"],
        example: { stack: "sandbox", type: "docker-build:index:Index" },
        test: "several platforms are an image each",
      },
      {
        what: "read back and judged before the task definition",
        components: ["ImageInspection"],
        example: { type: "pulumi-nodejs:dynamic/fairlead:ImageInspection" },
        test: "the task definition waits for the inspection",
      },
      {
        what: "a version of somebody else's image, pinned to a digest",
        components: ["ExternalImage", "PinnedImage"],
        example: { type: "pulumi-nodejs:dynamic/fairlead:PinnedImage" },
        test: "a version of somebody else's image is pinned",
      },
      {
        what: "tags by the commit that last touched what is built",
        components: ["sourceRevisions", "imageTag"],
        example: { type: "docker-build:index:Image", has: ":1.0.0-" },
        test: "each build has the commit that last touched it",
      },
      {
        what: "layer cache: registry, GitHub Actions, local",
        components: ["BuildSettings"],
        example: { type: "docker-build:index:Image", has: '"imageManifest":true' },
        test: "keep layers in the cache",
      },
      {
        what: "builds at a bounded concurrency",
        components: ["BuildSettings"],
        test: "go on a few at a time",
      },
      {
        what: "build secrets and SSH",
        components: ["ContainerImage"],
        keys: ["build.secrets", "build.ssh"],
        example: { type: "docker-build:index:Image", has: '"ignoreSecretsInDiffCalculation"' },
        test: "get secrets that no plan shows",
      },
      {
        what: "promotion from another environment",
        components: ["PromotedImage", "readPromotions"],
        test: "a promoted image is copied under its own tag",
      },
      {
        what: "platforms that the builder can't run",
        components: ["builderPlatforms"],
        test: "a RUN on a platform that the builder can't run",
      },
    ],
  },
];
