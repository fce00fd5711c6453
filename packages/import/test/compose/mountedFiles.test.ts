import { filesOf } from "../../src";
import { importedService } from "./project";

const back = "back: { build: ./back }\n";
const sources = { "back/Dockerfile": "FROM scratch\n" };

test("a file that was mounted is written with the names that DNS knows, and tells who calls whom and at which port", () => {
  const conf = "# back:1\nserver {\n  location / { proxy_pass http://back:3000/x; }\n}\n";
  const { result, manifest, manifestOf } = importedService(
    "volumes: ['./nginx.conf:/etc/nginx/nginx.conf']",
    { ...sources, "nginx.conf": conf },
    back,
  );
  const files = filesOf(result);
  expect(files.get("apps/api/nginx.conf")).toBe(conf.replace("//back:3000", "//back.shop.internal:3000"));
  expect(files.get("apps/api/Dockerfile")).toContain('COPY ["nginx.conf","/etc/nginx/nginx.conf"]');
  expect(manifest).toMatchObject({ calls: ["back"] });
  expect([manifest.image, manifest.build]).toEqual([undefined, undefined]);
  expect(manifestOf("back")).toMatchObject({ kind: "backend-service", containerPort: 3000 });
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test("an upstream of nginx is no host, and its servers are", () => {
  const conf = "upstream back {\n  server back:3000;\n}\nserver { location / { proxy_pass http://back; } }\n";
  const { result } = importedService("volumes: ['./nginx.conf:/etc/nginx/nginx.conf']", { ...sources, "nginx.conf": conf }, back);
  expect(filesOf(result).get("apps/api/nginx.conf")).toBe(conf.replace("server back:3000", "server back.shop.internal:3000"));
});

test("a mounted file that may hold a secret is not written", () => {
  const planted = "Zq8vXn2LpR7sTw4YbK1mJh5D";
  const { result, manifest } = importedService("volumes: ['./settings.ini:/etc/settings.ini']", {
    "settings.ini": `password = ${planted}\n`,
  });
  expect(manifest.image).toBe("nginx:1.27");
  expect([JSON.stringify(result), ...filesOf(result).values()].join("\n")).not.toContain(planted);
  expect(result.findings).toContainEqual(expect.objectContaining({ source: "services.api.volumes[0]", outcome: "decide" }));
});
