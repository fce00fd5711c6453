import type { Explanation, Explanations } from "./explanation";

const stops = (error: string) => `Every task stops as it starts: ${error}.`;

/** What can be wrong with what a language's interpreter, or a package manager, is told to run; the consequence is what ECS makes of it. */
export const runtimeCodes = {
  FL2140: {
    title: "nothing there to run",
    meaning: "An interpreter (node, python, java, php…) is told to run a file, or to load one first, that is not in the image.",
    consequence: stops("the interpreter finds no such file, and ends with an error"),
    fix: "Copy the file into the last stage (.dockerignore, build steps of other stages), or correct the path and WORKDIR.",
    example: "COPY --from=build /app/dist ./dist",
  },
  FL2141: {
    title: "nothing that may be read",
    meaning: "What an interpreter is told to run, or what that loads as it starts, can't be read by the user that the task runs as.",
    consequence: stops("permission denied, or a module that is there isn't found"),
    fix: "COPY --chown or --chmod it for that user.",
    example: "COPY --chown=node:node . .",
  },
  FL2142: {
    title: "script of package.json missing",
    meaning: "npm, Yarn or pnpm is to run a script, and package.json, or the script in it, is not there.",
    consequence: stops("the package manager ends with an error"),
    fix: "Copy package.json, also into the last stage; set WORKDIR to where it is; or add the script.",
  },
  FL2143: {
    title: "module or package not installed",
    meaning:
      "What the program imports as it starts is neither among its own files nor installed; or package.json leads to a file that is not there.",
    consequence: stops("Cannot find module, or ModuleNotFoundError"),
    fix: "Install it in the stage that runs, as a dependency that is not only for development; build and copy your own.",
    example: "RUN npm ci --omit=dev",
  },
  FL2144: {
    title: "native part for another platform",
    meaning:
      "A package has a part in machine code, and the one that is installed is for another system, machine, C library or version of the language.",
    consequence: stops("invalid ELF header, cannot open shared object file, or no native module found"),
    fix: "Install packages in the Dockerfile, on the image's own base, and exclude node_modules and virtual environments in .dockerignore.",
    example: "node_modules\n.venv",
  },
  FL2145: {
    title: "framework or runtime of another version",
    meaning:
      "The program is built for a framework, or a version of it, that the image has not, compiled for a newer Java than the image's, or told an option that its Java has no more.",
    consequence: stops(
      "You must install or update .NET to run this application, or UnsupportedClassVersionError, or Unrecognized VM option",
    ),
    fix: "Take the base image of that framework and version (aspnet, not runtime, for ASP.NET), and of the Java that the program is compiled for.",
    example: "FROM eclipse-temurin:21-jre",
  },
  FL2146: {
    title: "interpreter without a program",
    meaning: "An interpreter is started without anything to run. Standard input is empty on ECS, and so is the program.",
    consequence: "The task ends at once, without an error, and ECS starts it again, for ever.",
    fix: "Name the program.",
    example: 'CMD ["node", "dist/main.js"]',
  },
  FL2147: {
    title: "not for this version of the interpreter",
    meaning:
      "What an interpreter is told to run, or what that loads as it starts, is not what its version takes: a module where it expects CommonJS or the other way round, TypeScript, a module " +
      "of its own that came later, an option that it doesn't know.",
    consequence: stops("SyntaxError, ReferenceError, ERR_REQUIRE_ESM, ERR_UNKNOWN_FILE_EXTENSION, No such built-in module, or bad option"),
    fix: 'Set "type" in package.json as the files are, and copy it; or take the version that what runs is written for.',
    example: '{ "type": "module" }',
  },
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
