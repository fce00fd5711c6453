import { toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, program, script, tree, type Layer } from "../layer";
import { debian } from "../parts";
import { on } from "./common";

const serving = { serves: true } as const;
const tomcat: Layer = {
  "usr/share/java": tree(debian("libtomcat10-java"), "usr/share/java"),
  "usr/share/tomcat10": tree(debian("tomcat10-common"), "usr/share/tomcat10"),
  "usr/share/tomcat10/conf": tree(debian("tomcat10"), "usr/share/tomcat10/etc"),
  ...Object.fromEntries(["logs", "temp", "webapps", "work"].map((name) => [`usr/share/tomcat10/${name}`, folder()])),
  "usr/local/tomcat": link("/usr/share/tomcat10"),
};
const tomcatConfig: Recipe = {
  Env: { CATALINA_HOME: "/usr/local/tomcat", PATH: "/usr/local/tomcat/bin:/usr/local/bin:/usr/bin:/bin" },
  WorkingDir: "/usr/local/tomcat",
};

const jar = program(debian("libh2-java"), "usr/share/java/h2.jar", 0o644);
const h2 = "org.h2.tools.Server";
/** What Gradle's plugin for applications writes, shortened. */
const startScript = script(
  '#!/bin/sh\napp_path=$0\nwhile [ -h "$app_path" ]; do\n  app_path=$(readlink -f "$app_path")\ndone\nAPP_HOME=$(cd "$(dirname "$app_path")/.." > /dev/null && pwd -P) || exit\nCLASSPATH=$APP_HOME/lib/h2.jar\nif [ -n "$JAVA_HOME" ]; then\n  JAVACMD=$JAVA_HOME/bin/java\n  if [ ! -x "$JAVACMD" ]; then\n    echo "JAVA_HOME names no Java: $JAVA_HOME" >&2\n    exit 1\n  fi\nelse\n  JAVACMD=java\n  command -v java >/dev/null 2>&1 || exit 1\nfi\nset -- -classpath "$CLASSPATH" org.h2.tools.Server -tcp "$@"\nexec "$JAVACMD" $DEFAULT_JVM_OPTS $JAVA_OPTS "$@"\n',
);
const distribution: Layer = { "opt/shop/bin/shop": startScript, "opt/shop/lib/h2.jar": jar };
/** A war with nothing but its descriptor. */
const war =
  "UEsDBBQAAAAAAAAAIVDQ8nZyCgAAAAoAAAAPAAAAV0VCLUlORi93ZWIueG1sPHdlYi1hcHAvPlBLAQIUAxQAAAAAAAAAIVDQ8nZyCgAAAAoAAAAPAAAAAAAAAAAAAACAAQAAAABXRUItSU5GL3dlYi54bWxQSwUGAAAAAAEAAQA9AAAANwAAAAAA";

export const holdOutJava = [
  ...imagesOf("interpreter's argument", {
    "java-options-that-nobody-expands": on("java", { "app.jar": jar }, undefined, {
      Entrypoint: ["java", "$JAVA_OPTS", "-jar", "/app.jar"],
    }),
    "java-jar-of-a-text-in-another-folder": on("java", { "app/app.jar": jar }, undefined, {
      Entrypoint: ["sh", "-c", "exec java $JAVA_OPTS -jar app.jar -tcp"],
    }),
    "java-agent-of-a-text-missing": on("java", { "app.jar": jar }, shellForm("exec java -javaagent:/otel/agent.jar -jar /app.jar -tcp")),
    "java-war-without-a-main-class": on("java", { "shop.war": { bytes: war } }, ["java", "-jar", "/shop.war"]),
    "java-loader-of-spring-is-called-otherwise": on(
      "java",
      { "application/BOOT-INF/classes/a": "", "application/org/springframework/boot/loader/JarLauncher.class": "" },
      ["java", "org.springframework.boot.loader.launch.JarLauncher"],
      { WorkingDir: "/application" },
    ),
    "gradle-wrapper-without-its-jar": on(
      "java",
      { "app/gradlew": script('#!/bin/sh\nexec java -cp gradle/wrapper/gradle-wrapper.jar org.gradle.wrapper.GradleWrapperMain "$@"\n') },
      ["./gradlew", "bootRun"],
      { WorkingDir: "/app" },
    ),
    "java-in-kubernetes-manner": on("java", { "app/app.jar": jar }, undefined, {
      WorkingDir: "/app",
      task: {
        entryPoint: ["sh", "-c"],
        command: ["exec java $JAVA_OPTS -jar app.jar -tcp"],
        environment: { JAVA_OPTS: "-Xmx64m -Xss512k" },
      },
      ...serving,
    }),
    "java-jar-with-arguments": on("java", { "app.jar": jar }, ["-tcp", "-tcpPort", "9092"], {
      Entrypoint: ["java", "-XX:MaxRAMPercentage=75.0", "-Djava.security.egd=file:/dev/./urandom", "-jar", "/app.jar"],
      ...serving,
    }),
    "java-class-path-of-jib": on(
      "java",
      { "app/libs/h2.jar": jar, "app/jib-classpath-file": "/app/resources:/app/classes:/app/libs/h2.jar", "app/jib-main-class-file": h2 },
      ["-tcp"],
      { Entrypoint: ["java", "-Xms32m", "-cp", "@/app/jib-classpath-file", "@/app/jib-main-class-file"], ...serving },
    ),
    "java-class-path-of-jib-in-words": on("java", { "app/libs/h2.jar": jar }, ["-tcp"], {
      Entrypoint: ["java", "-cp", "/app/resources:/app/classes:/app/libs/*", h2],
      ...serving,
    }),
  }),
  ...imagesOf("command", {
    "java-in-one-word": on("java", { "app.jar": jar }, undefined, { Entrypoint: ["java -jar /app.jar"] }),
  }),
  ...imagesOf("entry point script", {
    "gradle-distribution-with-the-java-home-of-a-jdk": on("java", distribution, ["/opt/shop/bin/shop"], {
      Env: { JAVA_HOME: "/usr/lib/jvm/java-21-openjdk" },
    }),
    "tomcat-without-java": on("debian", tomcat, ["catalina.sh", "run"], tomcatConfig),
    "gradle-distribution": on("java", distribution, ["/opt/shop/bin/shop"], serving),
    "gradle-distribution-behind-a-link": on("java", { ...distribution, "usr/local/bin/shop": link("/opt/shop/bin/shop") }, ["shop"], {
      Env: { JAVA_HOME: "" },
      ...serving,
    }),
    tomcat: on("java", tomcat, ["catalina.sh", "run"], { ...tomcatConfig, ...serving }),
  }),
  ...imagesOf(toldAlone, {
    "tomcat-starts-and-ends": on("java", tomcat, ["startup.sh"], { ...tomcatConfig, ...serving }),
  }),
];
