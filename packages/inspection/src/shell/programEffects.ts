/** What a program does besides what it is for. */
export type ProgramEffect =
  /** It ends by itself, and changes no file that others run. */
  | "nothing"
  /** It ends by itself, and makes folders or files that are no programs. */
  | "folders"
  /** It ends by itself, and changes files. */
  | "files"
  /** It brings programs, or lets them be run. */
  | "programs"
  /** It may run for ever, and do anything. */
  | "anything";

const nothing = new Set(
  (
    "arch basename cat cmp cut date df dirname du echo egrep env false fgrep getent grep groups head hostname id ls md5sum nproc printenv " +
    "printf ps pwd readlink realpath seq sha256sum sort stat sync tac test [ tr true tty uname uniq wc which whoami"
  ).split(" "),
);
const folders = new Set(["mkdir", "touch", "mktemp", "chgrp"]);
const files = new Set(["chown", "rm", "rmdir", "tee"]);
const programs = new Set(
  (
    "apk apt apt-get bundle busybox bzip2 cargo chmod composer cp cpio curl dnf dpkg gem git go gunzip gzip install ln make mv npm npx pip pip3 " +
    "pipenv pnpm poetry rsync tar unzip uv wget yarn yum"
  ).split(" "),
);

export function effectOf(name: string, args: readonly string[]): ProgramEffect {
  if (name === "sort" && args.some((argument) => /^-\w*o|^--o/.test(argument))) return "files";
  if (nothing.has(name)) return name === "env" && args.length > 0 ? "anything" : "nothing";
  if (name === "sleep") return args.length === 1 && /^\d{1,3}$/.test(args[0]!) ? "nothing" : "anything";
  if (name === "sed") return args.some((argument) => /^-\w*[in]|^--|w/.test(argument)) ? "files" : "nothing";
  if (folders.has(name)) return "folders";
  if (files.has(name)) return "files";
  return programs.has(name) ? "programs" : "anything";
}
