import { join, resolve } from "node:path";

/** Root of the repository. */
export const root = resolve(__dirname, "../../..");

/** All that the sandbox writes, but for the toolchain where FAIRLEAD_TOOLCHAIN names a folder for it. */
export const sandboxFolder = join(root, ".sandbox");

export const toolchainFolder = process.env.FAIRLEAD_TOOLCHAIN ?? join(sandboxFolder, "toolchain");

export const inSandbox = (...parts: string[]) => join(sandboxFolder, ...parts);
