import { toldAlone } from "../classes";
import { imagesOf, shellForm } from "../corpusImage";
import { folder, link, program, script, tree, type Layer } from "../layer";
import { debian } from "../parts";
import { dynamic, esbuild, on, staticProgram, tini } from "./common";

const serving = { serves: true } as const;
/** A server in Go that is linked against the C library, as with cgo. */
const exporterOf = (architecture?: string) => program(debian("prometheus-node-exporter", architecture), "usr/bin/prometheus-node-exporter");
const exporter = exporterOf();
/** Programs in Rust: one needs the C library and libgcc, the other PCRE besides. */
const fd = program(debian("fd-find"), "usr/lib/cargo/bin/fd");
const ripgrep = program(debian("ripgrep"), "usr/bin/rg");
const runit: Layer = {
  "usr/bin/runsvdir": program(debian("runit"), "usr/bin/runsvdir"),
  "usr/bin/runsv": program(debian("runit"), "usr/bin/runsv"),
};
const supervised = (text: string): Layer => ({ ...runit, "etc/service/web/run": script(text) });

export const holdOutPrograms = [
  ...imagesOf("loader", {
    "go-with-cgo-from-scratch": on("scratch", { server: exporter }, ["/server"]),
    "go-with-cgo-on-alpine": on("alpine", { "usr/bin/server": exporter }, ["server"]),
    "rust-for-glibc-from-scratch": on("scratch", { fd }, ["/fd", "--version"]),
    "go-with-cgo-on-distroless": on("distroless", { server: exporter }, ["/server", "--web.listen-address=:8080"], serving),
    "rust-on-distroless": on("distroless", { fd }, ["/fd", "--version"], { User: "nonroot" }),
    "loader-of-its-own": on(
      "scratch",
      {
        "opt/lib": tree(debian("libc6"), "lib/x86_64-linux-gnu"),
        "opt/lib/libselinux.so.1": program(debian("libselinux1"), "lib/x86_64-linux-gnu/libselinux.so.1"),
        "opt/app": dynamic,
      },
      ["/opt/lib/ld-linux-x86-64.so.2", "--library-path", "/opt/lib", "/opt/app"],
    ),
  }),
  ...imagesOf("library missing", {
    "rust-that-needs-pcre-on-distroless": on("distroless", { rg: ripgrep }, ["/rg", "--version"]),
    "glibc-program-with-the-loader-of-musl": on(
      "alpine",
      { "lib64/ld-linux-x86-64.so.2": link("/lib/ld-musl-x86_64.so.1"), app: program(debian("openssl"), "usr/bin/openssl") },
      ["/app", "version"],
    ),
    "rust-that-needs-pcre-on-debian": on("debian", { "usr/local/bin/rg": ripgrep }, ["rg", "--version"]),
  }),
  ...imagesOf("machine", {
    "server-of-a-mac-with-apple-silicon": on("debian", { "app/server": exporterOf("arm64") }, ["/app/server"]),
    "probe-of-arm64": on("distroless", [{ server: exporter }, { "bin/grpc_health_probe": esbuild("linux-arm64") }], ["/server"], {
      task: { healthCheck: ["CMD", "/bin/grpc_health_probe", "-addr=:9100"] },
    }),
    "init-of-arm64": on("debian", { "sbin/tini": program(debian("tini", "arm64"), "usr/bin/tini-static") }, ["sleep", "3600"], {
      Entrypoint: ["/sbin/tini", "--"],
    }),
    "both-machines-side-by-side": on(
      "debian",
      {
        "opt/bin/server-aarch64": esbuild("linux-arm64"),
        "opt/bin/server-x86_64": esbuild("linux-x64"),
        "start.sh": script('#!/bin/sh\nexec "/opt/bin/server-$(uname -m)" --version\n'),
      },
      ["/start.sh"],
    ),
  }),
  ...imagesOf("not executable", {
    "folder-where-the-program-is-in": on("alpine", { "app/app": staticProgram() }, ["/app"]),
    "static-program-of-root-alone": on("distroless", { server: staticProgram(0o700) }, ["/server", "true"], { User: "nonroot:nonroot" }),
    "folder-of-the-program-closed": on("debian", { app: folder(0o750), "app/server": exporter }, ["/app/server"], { User: "1001:1001" }),
    "number-without-passwd-is-in-the-group-of-root": on("debian", { app: folder(0o750), "app/server": exporter }, ["/app/server"], {
      User: "1001",
      ...serving,
    }),
    "group-of-the-user-may-run-it": on("distroless", { true: staticProgram(0o750, 0, 65532) }, ["/true"], { User: "nonroot" }),
  }),
  ...imagesOf("program missing", {
    "workdir-forgotten-for-a-relative-program": on("alpine", { "app/server": staticProgram() }, ["./server"]),
    "space-behind-the-name": on("alpine", { server: staticProgram() }, ["/server "]),
    "other-letters": on("alpine", { "usr/local/bin/Shop": staticProgram() }, ["shop"]),
    "dotnet-of-the-builder": on("debian", { "app/Shop.dll": "MZ" }, ["dotnet", "Shop.dll"], { WorkingDir: "/app" }),
    "program-of-the-builder": on("distroless", { "src/main.go": "package main\n" }, ["/go/bin/server"]),
    "shell-form-on-distroless": on("distroless", { server: exporter }, shellForm("/server")),
    "task-command-for-an-image-without-a-shell": on("distroless", { server: exporter }, ["/server"], {
      task: { command: ["sh", "-c", "/server --web.listen-address=:$PORT"] },
    }),
    "applet-of-its-own-name": on("scratch", { true: staticProgram() }, ["/true"]),
  }),
  ...imagesOf("wrapper", {
    "tini-where-alpine-has-it": on("debian", { "usr/bin/tini": tini }, ["sleep", "3600"], { Entrypoint: ["/sbin/tini", "--"] }),
    "s6-overlay-not-unpacked": on("debian", { "etc/services.d/web/run": script("#!/command/with-contenv bash\n") }, [], {
      Entrypoint: ["/init"],
    }),
    "runit-supervises": on("debian", supervised("#!/bin/sh\nexec sleep 3600\n"), ["runsvdir", "-P", "/etc/service"], serving),
    "runit-tries-again-and-again": on("debian", supervised("#!/bin/sh\nexec /opt/gone\n"), ["runsvdir", "-P", "/etc/service"], serving),
    "wrappers-in-a-row": on(
      "debian",
      { "usr/bin/tini": tini },
      [...["tini", "-g", "--", "nice", "-n", "5", "env", "-i", "PATH=/usr/bin", "timeout", "--signal=TERM", "3600", "sleep", "3600"]],
      serving,
    ),
    "wrappers-in-a-row-before-what-is-missing": on("debian", { "usr/bin/tini": tini }, [
      ...["tini", "-g", "--", "nice", "-n", "5", "env", "-i", "PATH=/opt", "sleep", "3600"],
    ]),
  }),
  ...imagesOf("task setting", {
    "go-read-only-as-a-number": on("distroless", { server: exporter }, ["/server"], {
      task: { readonlyRootFilesystem: true, user: "65532:65532", memory: 64, initProcessEnabled: true },
      ...serving,
    }),
    "image-command-kept-with-the-task-entry-point": on("debian", { server: exporter }, ["--web.listen-address=:8080"], {
      Entrypoint: ["/server"],
      task: { command: ["--web.listen-address=:9999"] },
      ...serving,
    }),
    "task-entry-point-leaves-the-command-out": on("debian", { "srv/run.sh": script("#!/bin/sh\nexec ${1:-/srv/gone}\n") }, ["sleep"], {
      task: { entryPoint: ["/srv/run.sh"] },
    }),
  }),
  ...imagesOf(toldAlone, {
    "program-of-go-that-may-not-listen": on("distroless", { server: exporter }, ["/server", "--web.listen-address=:80"], {
      task: { user: "nonroot", containerPort: 80 },
      ...serving,
    }),
  }),
];
