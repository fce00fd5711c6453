import { imagesOf, shellForm } from "../corpusImage";
import { beyond } from "../classes";

/** How programs end that an inspection doesn't claim to see. */
export const beyondInspection = imagesOf(beyond, {
  "postgres-without-a-password": { base: "postgres", serves: true },
  "node-package-not-installed": {
    base: "node",
    files: { "app/server.js": "require('express')();\n" },
    WorkingDir: "/app",
    Cmd: ["node", "server.js"],
  },
  "node-syntax-error": { base: "node", files: { "app/server.js": "const = 1;\n" }, WorkingDir: "/app", Cmd: ["node", "server.js"] },
  "node-throws": {
    base: "node",
    files: { "app/server.js": "if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL');\n" },
    WorkingDir: "/app",
    Cmd: ["node", "server.js"],
  },
  "python-package-not-installed": {
    base: "python",
    files: { "app/main.py": "import flask\n" },
    WorkingDir: "/app",
    Cmd: ["python", "main.py"],
  },
  "flask-without-an-app": { base: "python-web", WorkingDir: "/app", Cmd: ["flask", "run"] },
  "java-main-class-unknown": { base: "java", Cmd: ["java", "-cp", "/opt/h2.jar", "com.example.Main"] },
  "nginx-configuration-broken": { base: "nginx", files: { "etc/nginx/conf.d/default.conf": "server {\n  listen 80\n}\n" } },
  "node-with-an-environment": {
    base: "node",
    files: { "app/server.js": "if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL');\n" },
    WorkingDir: "/app",
    Cmd: ["node", "server.js"],
    task: { environment: { DATABASE_URL: "x" } },
  },
  "shell-that-decides": { base: "debian", Cmd: shellForm('[ -n "$MODE" ] || exit 3') },
});
