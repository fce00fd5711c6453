import { imageCodes, type ImageCode } from "@fairlead/images";

import type { Explanations } from "./explanation";

const texts: Record<ImageCode, [meaning: string, fix: string, example?: string]> = {
  FL2101: [
    "The image's index has no image for the platform of the task. ECS would stop every task: CannotPullContainerError.",
    "Build for the platform: remove build.platforms, or add it there.",
  ],
  FL2102: [
    "The index says one platform and the image's own configuration another.",
    "Build it again; a FROM with a fixed --platform is the usual reason.",
  ],
  FL2103: [
    "Neither image nor task definition says what to run.",
    "Add an ENTRYPOINT or CMD to the Dockerfile, or command to the manifest.",
    'CMD ["node", "src/main.js"]',
  ],
  FL2104: [
    "What the container would run is not in the image, or not on its PATH.",
    "Correct the name, or copy the file. Look at the stage that is built: files of earlier stages are not in it.",
  ],
  FL2105: [
    "The file may not be executed by the container's user.",
    "Set the bit where the file comes from: chmod +x and commit it, or COPY --chmod=755.",
  ],
  FL2106: [
    "The program is for another CPU than the task's. It dies with `exec format error`.",
    "Build it for the platform: in a stage of the target's platform, or cross-compile with TARGETARCH.",
  ],
  FL2107: [
    "The program needs a loader (libc) that the image has not. It dies with `no such file or directory`, of a file that is there.",
    "Take a base image of that libc, or link statically (CGO_ENABLED=0).",
  ],
  FL2108: ["A script's first line names an interpreter that the image has not.", "Install it, or name one that is there.", "#!/bin/sh"],
  FL2109: [
    "The first line of a script ends as on Windows or begins with a byte order mark, so its interpreter has a name that no file has.",
    "Save it with Unix line ends, and have git keep them.",
    "# .gitattributes\n*.sh text eol=lf",
  ],
  FL2110: [
    "The file is no program: neither ELF nor a script with #! in its first line.",
    "Add a first line with its interpreter, or run it with one.",
  ],
  FL2111: [
    "The container's user is not in the image's /etc/passwd. A number needs no entry.",
    "Add the user in the Dockerfile, or give a number.",
    "USER 1000:1000",
  ],
  FL2112: [
    "The image's health check runs something that is not in the image. Docker would call it unhealthy; ECS does not run an image's own check at all.",
    "Correct it, or use containerHealthCheck in the manifest.",
  ],
  FL2113: [
    "A link on the way to what is run leads nowhere, or in a ring.",
    "Link to what is there, relative to the link or from the image's root.",
  ],
  FL2114: [
    "What the registry sent is not what its digest says. Nothing of it was used.",
    "Try again; if it stays, push the image again, and ask who runs the registry or the proxy.",
  ],
  FL2115: [
    "A part of the image is larger than any image should be, so it was not read to its end.",
    "Look at what is in it: `fairlead inspect --timings` names the layer.",
  ],
  FL2116: [
    "A path in a layer leads out of the image. No builder makes such a thing by itself.",
    "Don't use the image. Find out who made it.",
  ],
  FL2117: [
    "The registry, or the file, has something there that is no image that can be pulled.",
    "See whether the reference names what you mean.",
  ],
  FL2118: [
    "The image can't be read: no such image, no permission, or no answer.",
    "The message has the registry's words. For ECR: aws ecr get-login-password, and ecr:BatchGetImage.",
  ],
  FL2119: ["The image is named by a tag that moves, `latest`, so nobody could say what runs.", "Name a version or a digest."],
};

/** What can be wrong with an image. */
export const images: Explanations = Object.fromEntries(
  Object.entries(texts).map(([code, [meaning, fix, example]]) => [code, { title: imageCodes[code as ImageCode], meaning, fix, example }]),
);
