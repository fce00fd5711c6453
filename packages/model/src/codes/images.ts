import { admissionCodes } from "./admission";
import { containerRunCodes } from "./containerRuns";
import type { Explanation, Explanations } from "./explanation";
import { libraryCodes } from "./libraries";
import { runtimeCodes } from "./runtimes";
import { taskSettingCodes } from "./taskSettings";

const notPulled = "ECS can't pull the image (CannotPullContainerError): no task starts.";
const stops = (error: string) => `Every task stops as it starts: ${error}.`;

/** What can be wrong with an image; the consequence is what ECS makes of it. */
export const imageCodes = {
  FL2101: {
    title: "platform missing",
    meaning: "The image's index has no image for the platform of the task.",
    consequence: "No task starts: CannotPullContainerError, image Manifest does not contain descriptor matching platform.",
    fix: "Build for the platform: remove build.platforms, or add it there.",
  },
  FL2102: {
    title: "platform contradicted",
    meaning: "The index says one platform and the image's own configuration another.",
    consequence: stops("exec format error, for what is in the image is not what its index says"),
    fix: "Build it again; a FROM with a fixed --platform is the usual reason.",
  },
  FL2103: {
    title: "nothing to run",
    meaning: "Neither image nor task definition says what to run.",
    consequence: "No task starts: CannotStartContainerError, no command specified.",
    fix: "Add an ENTRYPOINT or CMD to the Dockerfile, or command to the manifest.",
    example: 'CMD ["node", "src/main.js"]',
  },
  FL2104: {
    title: "program not found",
    meaning: "What the container would run is not in the image, or not on its PATH.",
    consequence: stops("executable file not found, or no such file or directory"),
    fix: "Correct the name, or copy the file. Look at the stage that is built: files of earlier stages are not in it.",
  },
  FL2105: {
    title: "not executable",
    meaning: "The file may not be executed by the container's user.",
    consequence: stops("permission denied"),
    fix: "Set the bit where the file comes from: chmod +x and commit it, or COPY --chmod=755.",
  },
  FL2106: {
    title: "built for another machine",
    meaning: "The program is for another CPU than the task's.",
    consequence: stops("exec format error"),
    fix: "Build it for the platform: in a stage of the target's platform, or cross-compile with TARGETARCH.",
  },
  FL2107: {
    title: "loader missing",
    meaning: "The program needs a loader (libc) that the image has not.",
    consequence: stops("no such file or directory, although the program itself is there"),
    fix: "Take a base image of that libc, or link statically (CGO_ENABLED=0).",
  },
  FL2108: {
    title: "script interpreter not found",
    meaning: "A script's first line names an interpreter that the image has not.",
    consequence: stops("no such file or directory, although the script itself is there"),
    fix: "Install it, or name one that is there.",
    example: "#!/bin/sh",
  },
  FL2109: {
    title: "Windows line end or byte order mark in the first line",
    meaning:
      "The first line of a script ends as on Windows or begins with a byte order mark, so its interpreter has a name that no file has.",
    consequence: stops("no such file or directory, or exec format error, although the script looks right"),
    fix: "Save it with Unix line ends, and have git keep them.",
    example: "# .gitattributes\n*.sh text eol=lf",
  },
  FL2110: {
    title: "not a program",
    meaning: "The file is no program: neither ELF nor a script with #! in its first line.",
    consequence: stops("exec format error"),
    fix: "Add a first line with its interpreter, or run it with one.",
  },
  FL2111: {
    title: "unknown user",
    meaning:
      "The container's user or group is not in the image's /etc/passwd or /etc/group, or is none at all. A number from 0 to 2147483647 needs no entry.",
    consequence: "No task starts: unable to find user, no matching entries in passwd file.",
    fix: "Add the user in the Dockerfile, or give a number.",
    example: "USER 1000:1000",
  },
  FL2112: {
    title: "health check can't run",
    meaning:
      "The health check, the task's or the image's own, runs something that is not in the image. Docker and Compose run the image's own, and `up` carries it over to the task definition of the service.",
    consequence: "The container becomes unhealthy, and a service replaces its tasks for ever.",
    fix: "Correct it, or use containerHealthCheck in the manifest.",
  },
  FL2113: {
    title: "link that leads nowhere",
    meaning: "A link on the way to what is run leads nowhere, or in a ring.",
    consequence: stops("no such file or directory, or too many levels of symbolic links"),
    fix: "Link to what is there, relative to the link or from the image's root.",
  },
  FL2114: {
    title: "content that contradicts its digest",
    meaning: "What the registry sent is not what its digest says. Nothing of it was used.",
    consequence: notPulled,
    fix: "Try again; if it stays, push the image again, and ask who runs the registry or the proxy.",
  },
  FL2115: {
    title: "larger than any image should be",
    meaning: "A part of the image is larger than any image should be, so it was not read to its end.",
    consequence: "The pull fills the task's disk, and no task starts.",
    fix: "Look at what is in it: the message names the layer, `docker history` the instruction that made it.",
  },
  FL2116: {
    title: "path that leads out of the image",
    meaning: "A path in a layer leads out of the image. No builder makes such a thing by itself.",
    consequence: notPulled,
    fix: "Don't use the image. Find out who made it, and build it with docker or BuildKit, which write no such paths.",
  },
  FL2117: {
    title: "not an image that can be pulled",
    meaning: "The registry, or the file, has something there that is no image that can be pulled.",
    consequence: notPulled,
    fix: "See whether the reference names what you mean. If it does, push it again with a current docker or BuildKit, as an OCI image.",
  },
  FL2118: {
    title: "image that can't be read",
    meaning: "The image can't be read: no such image, no permission, or no answer.",
    consequence: "ECS may fail to pull it as well: nothing is known of what would run.",
    fix: "Check the reference, what the login may, and the network; the message has the registry's words. For ECR: ecr:BatchGetImage.",
  },
  FL2120: {
    title: "tag that another image has",
    meaning: "The tag is there already and leads to another image. Tags never move, so it was left as it is.",
    consequence: "The image that was to be copied is without that tag; what runs is not touched.",
    fix: "See who pushed the other one. Delete its tag, or build the image anew under another one.",
  },
  FL2121: {
    title: "layer that was cut off",
    meaning: "The transfer of a layer ended early, several times in a row; or a folder or file has less of it than its manifest says.",
    consequence: "Nothing is known of what would run; ECS may fail to pull it as well.",
    fix: "Try again; if it stays, see what lies between: a proxy, a firewall, a registry that hangs up.",
  },
  FL2122: {
    title: "layer that can't be unpacked",
    meaning: "A layer is not compressed as its manifest says, or is no tar archive.",
    consequence: notPulled,
    fix: "Try again; if it stays, build the image with a current docker or BuildKit, and push it.",
  },
  FL2123: {
    title: "not an image reference",
    meaning: "The text is no name of an image: registry/repository:tag or registry/repository@sha256:…, in lower case.",
    consequence: "ECS refuses the task definition.",
    fix: "Correct it.",
    example: "public.ecr.aws/nginx/nginx:1.29",
  },
  FL2124: {
    title: "no login for a registry",
    meaning: "The registry's login can't be had: AWS gives none, or Docker's configuration or credential helper can't be read.",
    consequence: "Nothing is known of what would run.",
    fix: "The message has the reason. For ECR: credentials that may ecr:GetAuthorizationToken; elsewhere: docker login.",
  },
  FL2125: {
    title: "writable folder that the user can't write to",
    meaning:
      "A folder of writableMounts belongs to root on Fargate, as an empty volume does there, or to another user. Only where the image declares the folder as a VOLUME does its volume " +
      "begin as a copy of it, with its owner and mode.",
    consequence: "The program starts, and its first file there fails: permission denied.",
    fix: "Make the folder in the Dockerfile, give it to the user, and declare it as a VOLUME; or remove the mount.",
    example: "RUN mkdir -p /var/cache/app && chown 1000:1000 /var/cache/app\nVOLUME /var/cache/app",
  },
  ...admissionCodes,
  ...libraryCodes,
  ...runtimeCodes,
  FL2126: {
    title: "not read to its end",
    meaning:
      "Reading the image on would have taken more time or memory than an inspection may take: 60 seconds of its own, 256 MiB. What is said of it is " +
      "said of the part that was read.",
    consequence: "Nothing is known of what would run. ECS pulls it all the same.",
    fix: "Make the image smaller, if it is yours; try again if the machine was busy. `npx fairlead inspect --run` starts it instead of reading it.",
  },
  FL2127: {
    title: "entry of a layer that can't be unpacked",
    meaning:
      "An entry of a layer is one that Linux or the container runtime can't make: a name that is too long, a hard link to nothing, a kind of file that no runtime knows.",
    consequence: notPulled,
    fix: "Build the image with docker or BuildKit, which write no such entries; the message names the layer and the entry.",
  },
  FL2128: {
    title: "configuration that no container starts with",
    meaning: "The image's configuration holds something else than the OCI specification says, so that container runtimes can't read it.",
    consequence: "No task starts: the runtime can't unmarshal the image's configuration.",
    fix: "Build the image with docker or BuildKit. If it was put together by hand, write the value that the message asks for.",
    example: '"config": { "User": "1000", "Env": ["PORT=8080"], "Cmd": ["node", "main.js"] }',
  },
  FL2129: {
    title: "layers that unpack to far more than they are",
    meaning:
      "The layers unpack to more than 1 GiB and more than 200 times of what a task pulls. So does a file of zeros; the most frequent one is /var/log/lastlog or faillog after " +
      "`useradd` with a user id of many digits.",
    consequence: "Tasks start late, or, where it fills their disk, not at all: CannotPullContainerError, no space left on device.",
    fix: "Look at what is in it. For users with large ids: useradd --no-log-init.",
    example: "RUN useradd --no-log-init --uid 1000660000 app",
  },
  FL2130: {
    title: "path that a shell can't use",
    meaning: "A shell's text changes to a folder, or reads or writes a file, that is not there or that its user has no right to.",
    consequence: "The shell says so, and what follows is not done, or done elsewhere.",
    fix: "Correct the path, or make the folder in the Dockerfile, for the task's user. A volume may be mounted there: then all is well.",
    example: "RUN install -d -o app /srv/app",
  },
  FL2131: {
    title: "a list that is no JSON",
    meaning: "ENTRYPOINT or CMD was meant as a list of words, but isn't JSON, so that a shell is given the brackets to run.",
    consequence: "Every task stops as it starts: the shell takes the bracket for a command, which ends at once.",
    fix: "Write it as JSON: double quotes, and commas between.",
    example: 'CMD ["node", "src/main.js"]',
  },
  FL2132: {
    title: "user that can't be changed",
    meaning: "A program that changes the user, such as gosu or su-exec, is run by somebody else than root.",
    consequence: stops("operation not permitted"),
    fix: "Let root run it, or start the program without it.",
  },
  FL2133: {
    title: "script that a shell can't read",
    meaning: "A shell is told to run, or to read in, a file that is not in the image, or that its user may not read.",
    consequence: stops("the shell says so, and ends with an error"),
    fix: "Copy the file, or correct its path and its rights.",
    example: "COPY docker-entrypoint.sh /usr/local/bin/",
  },
  FL2134: {
    title: "text that its shell does not understand",
    meaning:
      "A script, or the text of a shell, is written for another shell (bash, where /bin/sh is dash or BusyBox), or has the line ends of Windows.",
    consequence: stops("the shell ends with a syntax error, or finds no program of that name"),
    fix: "Let the shell run it that it is written for, and save it with Unix line ends.",
    example: "#!/bin/bash",
  },
  FL2154: {
    title: "script that ends itself",
    meaning:
      "An entry point, or another text of a shell, ends with an error whichever way it takes: something that it asks for is not in the image or the task.",
    consequence: stops("with the exit code that the script gives"),
    fix: "Provide what it asks for. `sh -x` shows the way that it takes.",
    example: "test -f /etc/app.conf || exit 1",
  },
  ...taskSettingCodes,
  ...containerRunCodes,
} satisfies Explanations<"FL21", Explanation & { consequence: string }>;
