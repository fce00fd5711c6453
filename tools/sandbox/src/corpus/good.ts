import { busybox, copyScript, node, type CorpusImage } from "./corpusImage";

const run = 'CMD ["/bin/busybox", "true"]';
const app = 'CMD ["/app"]';
const shell = [...busybox, 'RUN ["/bin/busybox", "--install", "-s", "/bin"]'];

type Images = Record<string, string[] | Omit<CorpusImage, "name">>;

/** Images that start on linux/amd64, each in a way that is easily taken for a fault. */
const images: Images = {
  static: [...busybox, run],
  distroless: [
    `${node} AS base`,
    "FROM scratch",
    "COPY --from=base /lib64/ /lib64/",
    "COPY --from=base /lib/x86_64-linux-gnu/ /lib/x86_64-linux-gnu/",
    "COPY --from=base /usr/lib/x86_64-linux-gnu/ /usr/lib/x86_64-linux-gnu/",
    "COPY --from=base /usr/local/bin/node /usr/local/bin/node",
    "USER 65532:65532",
    'ENTRYPOINT ["/usr/local/bin/node"]',
  ],
  glibc: [node, 'CMD ["node", "--version"]'],
  musl: ["FROM scratch", "COPY programs/musl-libc.so /lib/ld-musl-x86_64.so.1", "COPY programs/dart-musl /app", app],
  "musl-behind-a-link": [
    ...shell,
    "COPY programs/musl-libc.so /usr/lib/libc.musl.so",
    "RUN mkdir /lib && ln -s ../usr/lib/libc.musl.so /lib/ld-musl-x86_64.so.1",
    "COPY programs/dart-musl /app",
    app,
  ],
  "both-platforms": {
    dockerfile: ["FROM scratch", "ARG TARGETARCH", "COPY programs/busybox-$TARGETARCH /bin/busybox", run],
    platforms: ["linux/amd64", "linux/arm64"],
  },
  "shell-of-links": [...shell, "CMD echo hello && exec sleep 1"],
  "linked-entry-point": [
    node,
    "COPY programs/busybox-amd64 /usr/local/lib/server",
    "RUN ln -s ../../local/lib/server /usr/local/bin/server && ln -s /usr/local/bin/server /app",
    app,
  ],
  "linked-folder": [node, "COPY programs/busybox-amd64 /srv/v2/app", "RUN ln -s v2 /srv/current", 'CMD ["/srv/current/app"]'],
  "link-above-the-root": [node, "COPY programs/busybox-amd64 /app", "RUN ln -s ../../../../app /bin/up", 'CMD ["up"]'],
  "hard-link": [node, "COPY programs/busybox-amd64 /srv/app", "RUN ln /srv/app /app && rm /srv/app", app],
  "script-of-sh": [node, copyScript("sh.sh"), app],
  "script-of-env": [node, copyScript("env-node.js"), app],
  "script-of-env-that-splits": [node, copyScript("env-split.js"), app],
  "script-of-a-script": [node, "COPY scripts /scripts", 'CMD ["/scripts/nested.sh"]'],
  "windows-line-ends-in-data": [
    ...busybox,
    "COPY scripts/data-crlf.csv scripts/data-bom.json /data/",
    "COPY scripts/crlf.sh /data/other.sh",
    run,
  ],
  "number-without-passwd": [...busybox, "USER 65532:65532", run],
  "named-user": [node, "USER node:node", 'CMD ["node"]'],
  "groups-program": [node, "COPY --chmod=750 --chown=0:1000 programs/busybox-amd64 /app", "USER node", app],
  "relative-to-workdir": [node, "WORKDIR /srv", "COPY programs/busybox-amd64 bin/app", 'CMD ["./bin/app"]'],
  "relative-in-path": [node, "WORKDIR /srv", "ENV PATH=bin:/bin", "COPY programs/busybox-amd64 bin/app", 'CMD ["app"]'],
  "back-again": [node, "COPY programs/busybox-amd64 /app", "RUN rm /app", "COPY programs/busybox-amd64 /app", app],
  "folder-replaced": [
    node,
    "COPY scripts /srv",
    "RUN rm -r /srv && mkdir /srv",
    "COPY programs/busybox-amd64 /srv/app",
    'CMD ["/srv/app"]',
  ],
  "file-became-folder": [node, "COPY scripts/empty /app", "RUN rm /app", "COPY programs/busybox-amd64 /app/server", 'CMD ["/app/server"]'],
  "exec-bit-in-a-later-layer": [node, "COPY --chmod=644 programs/busybox-amd64 /app", "RUN chmod +x /app", app],
  "not-executable-earlier-in-path": [
    node,
    "COPY --chmod=644 scripts/sh.sh /usr/local/sbin/server",
    "COPY programs/busybox-amd64 /usr/bin/server",
    'CMD ["server"]',
  ],
  "health-check-of-its-own": [node, 'HEALTHCHECK CMD ["node", "-e", "0"]', 'CMD ["node"]'],
  "health-check-none": [...busybox, "HEALTHCHECK NONE", run],
  "health-check-of-a-shell": [...shell, "HEALTHCHECK CMD curl -f http://localhost/ || wget -q -O - http://localhost/ || exit 1", run],
  "variables-in-the-command": [...shell, 'CMD ${SERVER:-sleep} 1; if [ -n "$X" ]; then "$X"; fi'],
  "spaces-in-the-path": [...busybox, 'COPY ["programs/busybox-amd64", "/my app/server"]', 'CMD ["/my app/server"]'],
  "long-names": [
    ...busybox,
    `COPY programs/busybox-amd64 /${"a-folder-with-a-long-name/".repeat(8)}${"x".repeat(120)}`,
    `CMD ["/${"a-folder-with-a-long-name/".repeat(8)}${"x".repeat(120)}"]`,
  ],
  "names-in-unicode": [...busybox, "COPY programs/busybox-amd64 /süß/сервер", 'CMD ["/süß/сервер"]'],
  "forty-layers": [...shell, ...Array.from({ length: 40 }, (_, number) => `RUN touch /${number}`), run],
  "metadata-alone": [...busybox, "ENV A=1", "LABEL b=2", "EXPOSE 80", run],
  zstd: { dockerfile: [node, 'CMD ["node"]'], output: { compression: "zstd", "force-compression": "true", "oci-mediatypes": "true" } },
  estargz: { dockerfile: [...busybox, run], output: { compression: "estargz", "force-compression": "true", "oci-mediatypes": "true" } },
  uncompressed: { dockerfile: [...busybox, run], output: { compression: "uncompressed", "force-compression": "true" } },
  "docker-media-types": { dockerfile: [...busybox, run], output: { "oci-mediatypes": "false" } },
  attestations: { dockerfile: [...busybox, run], attest: true },
};

export const good: CorpusImage[] = Object.entries(images).map(([name, image]) => ({
  name: `good-${name}`,
  ...(Array.isArray(image) ? { dockerfile: image } : image),
}));
