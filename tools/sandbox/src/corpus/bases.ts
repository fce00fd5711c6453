import { debianGroup, debianPasswd, usualPath, type Base } from "./base";
import type { BaseName, SystemName } from "./baseName";
import { folder, link, partsOfLayer, program } from "./layer";
import { localBases } from "./localBases";
import { debian, type Part } from "./parts";
import { servers } from "./serverBases";

const glibc = ["libc6", "libgcc-s1", "libstdc++6"];
const debianPackages = [
  ...["base-files", "base-passwd", "bash", "coreutils", "dash", "debianutils", "findutils", "grep", "gzip", "hostname", "login", "mawk"],
  ...["passwd", "sed", "tar", "util-linux", "libc-bin", "zlib1g", ...glibc, "gcc-12-base"],
  ...["libacl1", "libattr1", "libgmp10", "libselinux1", "libpcre2-8-0", "libtinfo6", "libcrypt1", "libpam0g", "libpam-runtime"],
  ...["libaudit1", "libcap-ng0", "libblkid1", "libmount1", "libsmartcols1", "libuuid1", "libudev1", "libsystemd0", "liblzma5"],
];

const systems: Record<SystemName, Base> = {
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

export const bases: Record<BaseName, Base> = { ...systems, ...servers, ...localBases };

/** A base and those below it, the lowest first. */
export function chainOf(name: BaseName): BaseName[] {
  const { on } = bases[name];
  return on ? [...chainOf(on), name] : [name];
}

export function partsOfBase({ packages = [], files = {} }: Base): Part[] {
  return [...packages.map((name) => debian(name)), ...partsOfLayer(files)];
}
