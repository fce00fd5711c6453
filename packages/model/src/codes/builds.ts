import type { Explanations } from "./explanation";

/** What can go wrong from sources to a pushed image, and from one environment to the next. */
export const buildCodes = {
  FL2001: {
    title: "image without a digest",
    meaning: "The registry took the image and did not show it when asked again, so a task could only be given a tag, which may move.",
    fix: "Run `pulumi up` again. If it stays, see whether whoever runs it may read the repository (ecr:BatchGetImage).",
  },
  FL2002: {
    title: "sources that no commit holds",
    meaning:
      "The environment builds from commits alone (fairlead:uncommittedSources: refuse), and something in a build context is not committed.",
    fix: "Commit it, or keep it out of the build with .dockerignore. To look at the plan only: -c uncommittedSources=build.",
  },
  FL2003: {
    title: "large build context",
    meaning: "More than 50 MB are sent to the build. It is a warning: builds are slow, and anything in it may end up in the image.",
    fix: "Keep out what the Dockerfile does not copy, with .dockerignore.",
    example: "node_modules\n.git\n**/*.test.js",
  },
  FL2004: {
    title: "secrets in a build context",
    meaning:
      "Files that look like secrets are sent to the build. It is a warning: a COPY of the folder would put them into the image for good.",
    fix: "Keep them out with .dockerignore, and give a build its secrets with build.secrets.",
  },
  FL2006: {
    title: "clone too shallow",
    meaning:
      "Image tags name the commit that last touched the sources, and this clone does not reach back to it: every image would get another tag. Told by a plan, a preview and `up`; commands that look at what runs go on.",
    fix: "Fetch the whole history: git fetch --unshallow. In GitHub Actions: fetch-depth: 0.",
  },
  FL2008: {
    title: "build secret that is not set",
    meaning: "build.secrets names an environment variable of whoever runs `pulumi up`, and it is not set there.",
    fix: "Set it. A preview needs none.",
  },
  FL2010: {
    title: "never promoted",
    meaning: "The environment takes its images over from another one, and nobody decided yet which.",
    fix: "fairlead promote --all --from <environment> --to <environment>, and commit the file that it writes.",
  },
  FL2011: {
    title: "file of promotions that can't be read",
    meaning: "stacks/promotions.<environment>.yaml is no YAML, or an entry lacks a key.",
    fix: "Let `fairlead promote` write it; after a merge conflict, once more.",
  },
  FL2012: {
    title: "pinned image of no service",
    meaning: "`pinnedImages` of the stack's configuration names a service that the environment doesn't have.",
    fix: "Correct the name, or remove it: `fairlead rollback <service> --release -s <stack>`.",
  },
} satisfies Explanations<"FL20">;
