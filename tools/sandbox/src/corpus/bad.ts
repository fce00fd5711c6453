import type { ImageCode } from "@fairlead/model";

import { busybox, copyScript, node, type CorpusImage } from "./corpusImage";

const app = 'CMD ["/app"]';
const program = (name: string) => ["FROM scratch", `COPY programs/${name} /app`, app];
const script = (name: string) => [node, copyScript(name), app];

type Images = Record<string, string[] | Omit<CorpusImage, "name">>;

/** Images that would not start on linux/amd64, by what is wrong with them. */
const images: Partial<Record<ImageCode, Images>> = {
  FL2101: {
    "arm64-alone": { dockerfile: ["FROM scratch", "COPY programs/busybox-arm64 /app", app], platforms: ["linux/arm64"] },
    "arm64-and-s390x": {
      dockerfile: [
        "FROM scratch AS build-arm64",
        "COPY programs/busybox-arm64 /app",
        "FROM scratch AS build-s390x",
        "COPY programs/s390x /app",
        "FROM build-$TARGETARCH",
        app,
      ],
      platforms: ["linux/arm64", "linux/s390x"],
    },
    "arm64-with-attestation": {
      dockerfile: ["FROM scratch", "COPY programs/busybox-arm64 /app", app],
      platforms: ["linux/arm64"],
      attest: true,
    },
  },
  FL2103: {
    "no-command": ["FROM scratch", "COPY programs/busybox-amd64 /app"],
    "command-taken-back": [node, "ENTRYPOINT []", "CMD []"],
  },
  FL2104: {
    "program-missing": [...busybox, 'CMD ["/server"]'],
    "program-not-in-path": [...busybox, 'CMD ["server"]'],
    "path-overwritten": [node, "ENV PATH=/app", 'CMD ["node", "main.js"]'],
    "removed-by-a-later-layer": [node, "COPY programs/busybox-amd64 /app", "RUN rm /app", app],
    "folder-removed-by-a-later-layer": [node, "COPY programs/busybox-amd64 /srv/app", "RUN rm -r /srv", 'CMD ["/srv/app"]'],
    "folder-replaced": [
      node,
      "COPY programs/busybox-amd64 /srv/app",
      "RUN rm -r /srv && mkdir /srv && touch /srv/other",
      'CMD ["/srv/app"]',
    ],
    "wrong-workdir": [...busybox, "WORKDIR /srv", 'CMD ["./bin/busybox"]'],
    "shell-form-without-a-shell": [...busybox, "CMD /bin/busybox ls"],
    "shell-without-the-program": [node, "CMD npx-missing run start"],
    "shell-exec-without-the-program": [node, 'CMD ["/bin/sh", "-c", "exec server --port $PORT"]'],
    "init-without-the-program": [node, "COPY programs/busybox-amd64 /sbin/tini", 'ENTRYPOINT ["/sbin/tini", "--"]', 'CMD ["server"]'],
    "a-file-as-folder": [...busybox, 'CMD ["/bin/busybox/ls"]'],
  },
  FL2105: {
    "no-exec-bit": ["FROM scratch", "COPY --chmod=644 programs/busybox-amd64 /app", app],
    "script-without-exec-bit": [node, "COPY --chmod=644 scripts/sh.sh /app", app],
    "exec-bit-taken-away": [node, "COPY programs/busybox-amd64 /app", "RUN chmod 644 /app", app],
    "a-folder": [...busybox, 'CMD ["/bin"]'],
    "roots-alone": ["FROM scratch", "COPY --chmod=700 programs/busybox-amd64 /app", "USER 1000", app],
    "in-roots-folder": [node, "COPY programs/busybox-amd64 /root/app", "RUN chmod 700 /root", "USER node", 'CMD ["/root/app"]'],
    "script-that-nobody-may-read": [node, "COPY --chmod=711 scripts/sh.sh /app", "USER 1000", app],
  },
  FL2106: {
    "arm64-program": program("busybox-arm64"),
    "i386-program": program("i386"),
    "armhf-program": program("armhf"),
    "s390x-program": program("s390x"),
    "arm64-root-file-system": [
      `${node.replace("FROM", "FROM --platform=linux/arm64")} AS arm`,
      "FROM scratch",
      "COPY --from=arm / /",
      'CMD ["/bin/dash"]',
    ],
    "arm64-interpreter": [node, "COPY programs/busybox-arm64 /opt/runtime/sh", copyScript("opt.sh"), app],
    "arm64-loader": [
      `${node.replace("FROM", "FROM --platform=linux/arm64")} AS arm`,
      node,
      "COPY --from=arm /lib/aarch64-linux-gnu/ld-linux-aarch64.so.1 /lib64/ld-linux-x86-64.so.2",
      'CMD ["/bin/dash"]',
    ],
  },
  FL2107: {
    "glibc-program-in-scratch": [`${node} AS base`, "FROM scratch", "COPY --from=base /bin/dash /app", app],
    "glibc-program-with-musl": [
      `${node} AS base`,
      "FROM scratch",
      "COPY programs/musl-libc.so /lib/ld-musl-x86_64.so.1",
      "COPY --from=base /bin/dash /app",
      app,
    ],
    "musl-program-in-scratch": program("dart-musl"),
    "musl-program-with-glibc": [node, "COPY programs/dart-musl /app", app],
    "loader-removed": [`${node} AS base`, "RUN rm -f /lib64/ld-linux-x86-64.so.2", 'CMD ["/bin/dash"]'],
    "interpreter-without-loader": [`${node} AS base`, "FROM scratch", "COPY --from=base /bin/dash /bin/sh", copyScript("sh.sh"), app],
  },
  FL2108: {
    "bash-missing": script("bash.sh").map((line) => line.replace(node, `${node}\nRUN rm -f /bin/bash`)),
    "sh-missing": ["FROM scratch", copyScript("sh.sh"), app],
    "python-missing": script("env-python.py"),
    "env-missing": ["FROM scratch", copyScript("env-node.js"), app],
    "env-words": script("env-words.js"),
    "interpreter-link-broken": [node, "RUN mkdir -p /opt/runtime && ln -s /opt/gone /opt/runtime/sh", copyScript("opt.sh"), app],
  },
  FL2109: {
    crlf: script("crlf.sh"),
    "crlf-env": script("crlf-env.js"),
    bom: script("bom.sh"),
    "bom-crlf": script("bom-crlf.sh"),
  },
  FL2110: {
    "no-shebang": script("no-shebang.sh"),
    "only-shebang": script("only-shebang.sh"),
    empty: script("empty"),
    "cut-off": program("cut-off"),
    "windows-program": program("esbuild.exe"),
    "macos-program": program("macos"),
  },
  FL2111: {
    "unknown-user": [node, "USER app", 'CMD ["node"]'],
    "unknown-group": [node, "USER node:app", 'CMD ["node"]'],
    "user-without-passwd": [...busybox, "USER app", 'CMD ["/bin/busybox"]'],
  },
  FL2112: {
    "health-check-without-curl": [node, "HEALTHCHECK CMD curl -f http://localhost/ || exit 1", 'CMD ["node"]'],
    "health-check-program-missing": [node, 'HEALTHCHECK CMD ["/healthcheck"]', 'CMD ["node"]'],
    "health-check-without-shell": [...busybox, "HEALTHCHECK CMD exit 0", 'CMD ["/bin/busybox"]'],
  },
  FL2113: {
    "link-broken": [node, "RUN ln -s /opt/server /app", app],
    "links-in-a-ring": [node, "RUN ln -s /b /app && ln -s /app /b", app],
    "link-to-what-was-removed": [node, "COPY programs/busybox-amd64 /opt/server", "RUN ln -s /opt/server /app", "RUN rm /opt/server", app],
  },
};

export const bad: CorpusImage[] = Object.entries(images).flatMap(([code, byName]) =>
  Object.entries(byName).map(([name, image]) => ({
    name: `bad-${name}`,
    code: code as ImageCode,
    ...(Array.isArray(image) ? { dockerfile: image } : image),
  })),
);
