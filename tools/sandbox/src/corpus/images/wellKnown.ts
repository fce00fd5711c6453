import { imagesOf } from "../corpusImage";
import { program, script } from "../layer";
import { debian } from "../parts";

/** Images that everybody knows, in the manner of their own recipes. */
export const wellKnown = imagesOf("well-known image", {
  "node-as-it-is": { base: "node" },
  "node-express": {
    base: "node",
    files: {
      "usr/src/app/package.json": '{ "name": "web", "version": "1.0.0", "main": "server.js", "scripts": { "start": "node server.js" } }\n',
      "usr/src/app/server.js": "require('http').createServer((_, answer) => answer.end('hello')).listen(process.env.PORT || 3000);\n",
    },
    WorkingDir: "/usr/src/app",
    User: "node",
    Env: { NODE_ENV: "production" },
    Cmd: ["npm", "start"],
    serves: true,
  },
  "python-as-it-is": { base: "python" },
  "python-flask": {
    base: "python-web",
    files: { "app/app.py": "from flask import Flask\napp = Flask(__name__)\n\n@app.route('/')\ndef index():\n    return 'hello'\n" },
    WorkingDir: "/app",
    Cmd: ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"],
    serves: true,
  },
  "nginx-as-it-is": { base: "nginx", serves: true },
  "postgres-with-a-password": { base: "postgres", task: { environment: { POSTGRES_PASSWORD: "not-secret" } }, serves: true },
  "redis-as-it-is": { base: "redis", serves: true },
  "openjdk-h2": {
    base: "java",
    Cmd: ["java", "-cp", "/opt/h2.jar", "org.h2.tools.Server", "-tcp", "-tcpAllowOthers", "-ifNotExists"],
    serves: true,
  },
  "php-built-in-server": {
    base: "php",
    files: { "var/www/html/index.php": "<?php echo 'hello';\n" },
    WorkingDir: "/var/www/html",
    Cmd: ["-S", "0.0.0.0:8000", "-t", "/var/www/html"],
    serves: true,
  },
  "ruby-webrick": {
    base: "ruby",
    files: { "app/server.rb": "require 'webrick'\nWEBrick::HTTPServer.new(Port: 4567).start\n" },
    WorkingDir: "/app",
    Cmd: ["ruby", "server.rb"],
    serves: true,
  },
  "caddy-as-it-is": { base: "caddy", serves: true },
  "busybox-as-it-is": { base: "alpine", Cmd: ["sh"] },
  "busybox-httpd": {
    base: "alpine",
    files: { "www/index.html": "hello" },
    Cmd: ["httpd", "-f", "-v", "-p", "8080", "-h", "/www"],
    serves: true,
  },
  "distroless-static-nonroot": {
    base: "distroless",
    files: { app: program(debian("gosu"), "usr/sbin/gosu") },
    User: "nonroot:nonroot",
    Cmd: ["/app", "--version"],
  },
  "debian-as-it-is": { base: "debian" },
  "python-django-like": {
    base: "python",
    files: {
      "app/manage.py": script(
        "#!/usr/bin/env python\nimport sys, http.server\nassert sys.argv[1] == 'runserver'\nhttp.server.HTTPServer(('', 8000), http.server.SimpleHTTPRequestHandler).serve_forever()\n",
      ),
    },
    WorkingDir: "/app",
    Env: { PYTHONUNBUFFERED: "1" },
    Cmd: ["python", "manage.py", "runserver", "0.0.0.0:8000"],
    serves: true,
  },
});
