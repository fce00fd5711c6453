import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { link, script, tree, type Layer } from "../layer";
import { debian } from "../parts";

const serving = { serves: true } as const;
const jvm = debian("openjdk-17-jre-headless");

/** Of a class that says "started" with another's help, and waits: both, its own with `Class-Path: lib/greeting.jar`, and the other. */
const whole = {
  bytes:
    "UEsDBBQAAAAIAAAAIVqX0DoOMAAAADAAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg5fJNzMzTdc5JLC62UijOyC/QAwnwcvFyAQBQSwMEFAAAAAgAAAAhWmn+bUhJAQAAAAIAAA8AAABzaG9wL01haW4uY2xhc3NtUctOwlAQPRdarq0FQR4a329bXPQDfGyMMTEYTTBsXFW4KSXQNvRqcOU36UKJCz/Aj1KnJT6ITHLvZHIeM5N5/3h9A3CIPR0ppDkUAyoyDPmOc+fYXcd37YubjmhKhsyB53vyiCFtWg0NU9A4dAPTMMbo9ftIih6xglsSlWsJ4gX2Zd/zZV32hdPb15HDDEfeQAGzDNmoHYT2aV8I6fkugyLFgLQl06r98ZVk4JK0hDJHxcAc5hmKE+wZeBhXXZ/6m/8trAbHAkPuF6gFvqs+fI5CxwpWOdYMrGNjbLWrNtm3GNSoK0RIc5pnsdcWg5ZscO541FI5DlqCUi+pKub1pAkY9JNBU4TSC/yIo/q9ScL6QWiCTbpLHCmw+DL0b1NVoMwoq9UXsMeEoGEHu0SL4aWEDuSfwIfIPqNYwuIQyyOmSU8h3AK+AFBLAwQUAAAACAAAACFalGfcnKYAAADIAAAAEwAAAHNob3AvR3JlZXRpbmcuY2xhc3M79W/XPgYGBlsGPi4GJgZmdgYWHgZWBjZGBoGsxLJE/ZzEvHR9/6Ss1OQSRgY2m8y8zBI7RgZmDc0wDgYORgb24pLEopLUFHYGLkYG3uKM/AJ996LU1JLMvHRGBhbn/JRUIFWSWgHULKKh6YMwMrikCKjGmkGRgRNoLQgwMTCCLAaS3ECeIJBmBNKsWtsZGDeCFXAy8DDwQqX5wZIMDMxC7BvADAYAUEsBAhQDFAAAAAgAAAAhWpfQOg4wAAAAMAAAABQAAAAAAAAAAAAAAIABAAAAAE1FVEEtSU5GL01BTklGRVNULk1GUEsBAhQDFAAAAAgAAAAhWmn+bUhJAQAAAAIAAA8AAAAAAAAAAAAAAIABYgAAAHNob3AvTWFpbi5jbGFzc1BLAQIUAxQAAAAIAAAAIVqUZ9ycpgAAAMgAAAATAAAAAAAAAAAAAACAAdgBAABzaG9wL0dyZWV0aW5nLmNsYXNzUEsFBgAAAAADAAMAwAAAAK8CAAAAAA==",
};
const thin = {
  bytes:
    "UEsDBBQAAAAIAAAAIVp87eb4SgAAAE4AAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg5fJNzMzTdc5JLC62UijOyC/QAwnwcoFFdAMSSzKsFHIyk/TTi1JTSzLz0vWyEot4uXi5AFBLAwQUAAAACAAAACFaaf5tSEkBAAAAAgAADwAAAHNob3AvTWFpbi5jbGFzc21Ry07CUBA9F1qurQVBHhrfb1tc9AN8bIwxMRhNMGxcVbgpJdA29Gpw5TfpQokLP8CPUqclPohMcu9kch4zk3n/eH0DcIg9HSmkORQDKjIM+Y5z59hdx3fti5uOaEqGzIHne/KIIW1aDQ1T0Dh0A9Mwxuj1+0iKHrGCWxKVawniBfZl3/NlXfaF09vXkcMMR95AAbMM2agdhPZpXwjp+S6DIsWAtCXTqv3xlWTgkrSEMkfFwBzmGYoT7Bl4GFddn/qb/y2sBscCQ+4XqAW+qz58jkLHClY51gysY2Nstas22bcY1KgrREhzmmex1xaDlmxw7njUUjkOWoJSL6kq5vWkCRj0k0FThNIL/Iij+r1JwvpBaIJNukscKbD4MvRvU1WgzCir1Rewx4SgYQe7RIvhpYQO5J/Ah8g+o1jC4hDLI6ZJTyHcAr4AUEsBAhQDFAAAAAgAAAAhWnzt5vhKAAAATgAAABQAAAAAAAAAAAAAAIABAAAAAE1FVEEtSU5GL01BTklGRVNULk1GUEsBAhQDFAAAAAgAAAAhWmn+bUhJAQAAAAIAAA8AAAAAAAAAAAAAAIABfAAAAHNob3AvTWFpbi5jbGFzc1BLBQYAAAAAAgACAH8AAADyAQAAAAA=",
};
const greeting = {
  bytes:
    "UEsDBBQAAAAIAAAAIVqUZ9ycpgAAAMgAAAATAAAAc2hvcC9HcmVldGluZy5jbGFzczv1b9c+BgYGWwY+LgYmBmZ2BhYeBlYGNkYGgazEskT9nMS8dH3/pKzU5BJGBjabzLzMEjtGBmYNzTAOBg5GBvbiksSiktQUdgYuRgbe4oz8An33otTUksy8dEYGFuf8lFQgVZJaAdQsoqHpgzAyuKQIqMaaQZGBE2gtCDAxMIIsBpLcQJ4gkGYE0qxa2xkYN4IVcDLwMPBCpfnBkgwMzELsG8AMBgBQSwECFAMUAAAACAAAACFalGfcnKYAAADIAAAAEwAAAAAAAAAAAAAAgAEAAAAAc2hvcC9HcmVldGluZy5jbGFzc1BLBQYAAAAAAQABAEEAAADXAAAAAAA=",
};
/** Both, for Java 21. */
const ofJava21 = {
  bytes:
    "UEsDBBQAAAAIAAAAIVqX0DoOMAAAADAAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg5fJNzMzTdc5JLC62UijOyC/QAwnwcvFyAQBQSwMEFAAAAAgAAAAhWmN5FZVJAQAAAAIAAA8AAABzaG9wL01haW4uY2xhc3NtUdtKw0AQPdsmXRPT2tqL4v1uUh/yAYogIoJUFCp98Sm2S5rSJqFZpT75TfqgxQc/wI9SJyleih3YHYZzmRnm/eP1DcAR9nSkkOZQDKjIMOQ7zp1jdx3ftS9uOqIpGTIHnu/JQ4a0aTU0TEHj0A1Mwxij1+8jKXrECm5JVK4liBfYl33Pl3XZF05vX0cOMxx5AwXMMmSjdhDap30hpOe7DIoUA9KWTKv2x1eSgUvSEsocFQNzmGcoTrBn4GFcdX3qb/63sBocCwy5X6AW+K768DkKHStY5VgzsI6NsdWu2mTfYlCjrhAhzWmexV5bDFqywbnjUUvlOGgJSr2kqpjXkyZg0E8GTRFKL/Ajjur3JgnrB6EJNukucaTA4svQv01VgTKjrFZfwB4TgoYd7BIthpcSOpB/Ah8i+4xiCYtDLI+YJj2FcAv4AlBLAwQUAAAACAAAACFa0fYh3qYAAADIAAAAEwAAAHNob3AvR3JlZXRpbmcuY2xhc3M79W/XPgYGBkcGPi4GJgZmdgYWHgZWBjZGBoGsxLJE/ZzEvHR9/6Ss1OQSRgY2m8y8zBI7RgZmDc0wDgYORgb24pLEopLUFHYGLkYG3uKM/AJ996LU1JLMvHRGBhbn/JRUIFWSWgHULKKh6YMwMrikCKjGmkGRgRNoLQgwMTCCLAaS3ECeIJBmBNKsWtsZGDeCFXAy8DDwQqX5wZIMDMxC7BvADAYAUEsBAhQDFAAAAAgAAAAhWpfQOg4wAAAAMAAAABQAAAAAAAAAAAAAAIABAAAAAE1FVEEtSU5GL01BTklGRVNULk1GUEsBAhQDFAAAAAgAAAAhWmN5FZVJAQAAAAIAAA8AAAAAAAAAAAAAAIABYgAAAHNob3AvTWFpbi5jbGFzc1BLAQIUAxQAAAAIAAAAIVrR9iHepgAAAMgAAAATAAAAAAAAAAAAAACAAdgBAABzaG9wL0dyZWV0aW5nLmNsYXNzUEsFBgAAAAADAAMAwAAAAK8CAAAAAA==",
};
/** Both, without a `Main-Class`. */
const plain = {
  bytes:
    "UEsDBBQAAAAIAAAAIVqyfwLuGwAAABkAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg5eLlAgBQSwMEFAAAAAgAAAAhWmn+bUhJAQAAAAIAAA8AAABzaG9wL01haW4uY2xhc3NtUctOwlAQPRdarq0FQR4a329bXPQDfGyMMTEYTTBsXFW4KSXQNvRqcOU36UKJCz/Aj1KnJT6ITHLvZHIeM5N5/3h9A3CIPR0ppDkUAyoyDPmOc+fYXcd37YubjmhKhsyB53vyiCFtWg0NU9A4dAPTMMbo9ftIih6xglsSlWsJ4gX2Zd/zZV32hdPb15HDDEfeQAGzDNmoHYT2aV8I6fkugyLFgLQl06r98ZVk4JK0hDJHxcAc5hmKE+wZeBhXXZ/6m/8trAbHAkPuF6gFvqs+fI5CxwpWOdYMrGNjbLWrNtm3GNSoK0RIc5pnsdcWg5ZscO541FI5DlqCUi+pKub1pAkY9JNBU4TSC/yIo/q9ScL6QWiCTbpLHCmw+DL0b1NVoMwoq9UXsMeEoGEHu0SL4aWEDuSfwIfIPqNYwuIQyyOmSU8h3AK+AFBLAwQUAAAACAAAACFalGfcnKYAAADIAAAAEwAAAHNob3AvR3JlZXRpbmcuY2xhc3M79W/XPgYGBlsGPi4GJgZmdgYWHgZWBjZGBoGsxLJE/ZzEvHR9/6Ss1OQSRgY2m8y8zBI7RgZmDc0wDgYORgb24pLEopLUFHYGLkYG3uKM/AJ996LU1JLMvHRGBhbn/JRUIFWSWgHULKKh6YMwMrikCKjGmkGRgRNoLQgwMTCCLAaS3ECeIJBmBNKsWtsZGDeCFXAy8DDwQqX5wZIMDMxC7BvADAYAUEsBAhQDFAAAAAgAAAAhWrJ/Au4bAAAAGQAAABQAAAAAAAAAAAAAAIABAAAAAE1FVEEtSU5GL01BTklGRVNULk1GUEsBAhQDFAAAAAgAAAAhWmn+bUhJAQAAAAIAAA8AAAAAAAAAAAAAAIABTQAAAHNob3AvTWFpbi5jbGFzc1BLAQIUAxQAAAAIAAAAIVqUZ9ycpgAAAMgAAAATAAAAAAAAAAAAAACAAcMBAABzaG9wL0dyZWV0aW5nLmNsYXNzUEsFBgAAAAADAAMAwAAAAJoCAAAAAA==",
};
/** With a `Main-Class` that is not in it. */
const ofAnotherClass = {
  bytes:
    "UEsDBBQAAAAIAAAAIVqWP8GwNAAAADQAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg5fJNzMzTdc5JLC62UkjOz9VLTM5N1QMJ8nLxcgEAUEsDBBQAAAAIAAAAIVpp/m1ISQEAAAACAAAPAAAAc2hvcC9NYWluLmNsYXNzbVHLTsJQED0XWq6tBUEeGt9vW1z0A3xsjDExGE0wbFxVuCkl0Db0anDlN+lCiQs/wI9SpyU+iExy72RyHjOTef94fQNwiD0dKaQ5FAMqMgz5jnPn2F3Hd+2Lm45oSobMged78oghbVoNDVPQOHQD0zDG6PX7SIoesYJbEpVrCeIF9mXf82Vd9oXT29eRwwxH3kABswzZqB2E9mlfCOn5LoMixYC0JdOq/fGVZOCStIQyR8XAHOYZihPsGXgYV12f+pv/LawGxwJD7heoBb6rPnyOQscKVjnWDKxjY2y1qzbZtxjUqCtESHOaZ7HXFoOWbHDueNRSOQ5aglIvqSrm9aQJGPSTQVOE0gv8iKP6vUnC+kFogk26SxwpsPgy9G9TVaDMKKvVF7DHhKBhB7tEi+GlhA7kn8CHyD6jWMLiEMsjpklPIdwCvgBQSwECFAMUAAAACAAAACFalj/BsDQAAAA0AAAAFAAAAAAAAAAAAAAAgAEAAAAATUVUQS1JTkYvTUFOSUZFU1QuTUZQSwECFAMUAAAACAAAACFaaf5tSEkBAAAAAgAADwAAAAAAAAAAAAAAgAFmAAAAc2hvcC9NYWluLmNsYXNzUEsFBgAAAAACAAIAfwAAANwBAAAAAA==",
};

const project = (files: Layer, Entrypoint: string[], more: Recipe = {}): Recipe => ({
  base: "java",
  files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])),
  WorkingDir: "/app",
  Entrypoint,
  ...more,
});
/** Java copied from another image to where the distributors of other images have it. */
const copied = { "opt/java": tree(jvm, "usr/lib/jvm/java-17-openjdk-amd64") };
const settingsOfDebian = { "etc/java-17-openjdk": tree(jvm, "etc/java-17-openjdk") };
const libz = { "usr/lib/x86_64-linux-gnu": tree(debian("zlib1g"), "lib/x86_64-linux-gnu") };
const start = ["/opt/java/bin/java", "-jar", "/app.jar"];

/** Puts the options of a JVM together, in the manner of the images for Quarkus and Keycloak. */
const runScript = script(
  '#!/usr/bin/env bash\nset -e\n\nJAVA_APP_DIR="${JAVA_APP_DIR:-/deployments}"\n\nload_env() {\n  if [ -f "$JAVA_APP_DIR/run-env.sh" ]; then\n    . "$JAVA_APP_DIR/run-env.sh"\n  fi\n  if [ -z "${JAVA_APP_JAR}" ]; then\n    local jars nr\n    jars=( "$JAVA_APP_DIR"/*.jar )\n    nr=${#jars[@]}\n    if [ "$nr" -ne 1 ]; then\n      echo >&2 "found $nr jars in $JAVA_APP_DIR"\n      exit 1\n    fi\n    JAVA_APP_JAR="${jars[0]}"\n  fi\n}\n\nmemory_options() {\n  local limit=/sys/fs/cgroup/memory.max\n  if [[ "${JAVA_OPTS:-}" != *-Xmx* ]]; then\n    echo "-XX:MaxRAMPercentage=${JAVA_MAX_RAM_PERCENTAGE:-80.0}"\n  fi\n}\n\nload_env\nargs=()\nfor option in $(memory_options) ${JAVA_OPTS:-}; do\n  args+=("$option")\ndone\nif [ "${JAVA_DEBUG:-false}" = true ]; then\n  args+=(-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005)\nfi\nexec "${JAVA_HOME:-/usr}/bin/java" "${args[@]}" -jar "$JAVA_APP_JAR" "$@"\n',
);

export const javaProjects = [
  ...imagesOf("interpreter's argument", {
    "spring-boot-extracted": project(
      { "application.jar": thin, "lib/greeting.jar": greeting },
      ["java", "-XX:MaxRAMPercentage=75", "-jar", "application.jar"],
      { User: "1001", ...serving },
    ),
    "jar-of-its-class-path-alone": project(
      { "classes.jar": thin, "deps/greeting.jar": greeting },
      ["java", "-cp", "classes.jar:deps/*", "shop.Main"],
      serving,
    ),
    "archive-of-classes-that-was-not-copied": project(
      { "app.jar": whole },
      ["java", "-XX:SharedArchiveFile=application.jsa", "-jar", "app.jar"],
      serving,
    ),
    "options-that-java-has-forgotten": project({ "app.jar": whole }, ["java", "-jar", "app.jar"], {
      Env: { JAVA_TOOL_OPTIONS: "-XX:MaxPermSize=256m -XX:+UseConcMarkSweepGC" },
      ...serving,
    }),
    "options-of-another-java-that-are-ignored": project(
      { "app.jar": whole },
      ["java", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCGroupMemoryLimitForHeap", "-jar", "app.jar"],
      serving,
    ),
    "jar-of-a-pattern-in-a-text": project(
      { "build/libs/shop-0.0.1-SNAPSHOT.jar": whole },
      shellForm("exec java ${JAVA_OPTS:--Xmx128m} -jar build/libs/*.jar"),
      serving,
    ),
    "java-copied-with-its-settings": {
      base: "debian",
      files: { ...copied, ...settingsOfDebian, "app.jar": whole },
      Env: { JAVA_HOME: "/opt/java", PATH: "/opt/java/bin:/usr/local/bin:/usr/bin:/bin" },
      Entrypoint: ["java", "-jar", "/app.jar"],
      ...serving,
    },
    "java-on-distroless": {
      base: "distroless",
      files: { ...copied, ...settingsOfDebian, ...libz, "app.jar": whole },
      Entrypoint: start,
      User: "nonroot",
      ...serving,
    },

    "jar-for-a-newer-java": project({ "app.jar": ofJava21 }, ["java", "-jar", "app.jar"]),
    "jar-without-the-folder-of-its-libraries": project({ "app.jar": thin }, ["java", "-jar", "app.jar"]),
    "plain-jar-of-gradle-comes-first": project(
      { "build/libs/shop-1.0.jar": whole, "build/libs/shop-1.0-plain.jar": plain },
      shellForm("java -jar build/libs/*.jar"),
    ),
    "plain-jar-of-gradle": project({ "app.jar": plain }, ["java", "-jar", "app.jar"]),
    "main-class-of-another-package": project({ "app.jar": ofAnotherClass }, ["java", "-jar", "app.jar"]),
    "option-that-newer-javas-refuse": project({ "app.jar": whole }, [
      "java",
      "-XX:+UnlockExperimentalVMOptions",
      "-XX:+UseCGroupMemoryLimitForHeap",
      "-jar",
      "app.jar",
    ]),
    "option-that-newer-javas-refuse-in-a-variable": project({ "app.jar": whole }, ["java", "-jar", "app.jar"], {
      task: { environment: { JAVA_TOOL_OPTIONS: "-XX:+UseCGroupMemoryLimitForHeap" } },
    }),
    "java-copied-without-its-settings": { base: "debian", files: { ...copied, "app.jar": whole }, Entrypoint: start },
  }),
  ...imagesOf("library missing", {
    "java-on-distroless-without-libz": {
      base: "distroless",
      files: { ...copied, ...settingsOfDebian, "app.jar": whole },
      Entrypoint: start,
    },
  }),
  ...imagesOf("loader", {
    "java-of-glibc-on-alpine": { base: "alpine", files: { ...copied, ...settingsOfDebian, "app.jar": whole }, Entrypoint: start },
  }),
  ...imagesOf("program missing", {
    "variable-in-the-path-of-java": project({ "app.jar": whole }, ["${JAVA_HOME}/bin/java", "-jar", "app.jar"]),
    "maven-of-the-builder": project({ "pom.xml": "<project/>\n" }, ["mvn", "spring-boot:run"]),
  }),
  ...imagesOf("entry point script", {
    "script-that-puts-java-options-together": {
      base: "java",
      files: { "opt/run/run-java.sh": runScript, "deployments/quarkus-run.jar": thin, "deployments/lib/greeting.jar": greeting },
      User: "185",
      Entrypoint: ["/opt/run/run-java.sh"],
      ...serving,
    },
    "script-that-finds-two-jars": {
      base: "java",
      files: { "opt/run/run-java.sh": runScript, "deployments/shop.jar": whole, "deployments/shop-plain.jar": plain },
      Entrypoint: ["/opt/run/run-java.sh"],
    },
    "script-with-a-link-for-the-jar-of-a-version": {
      base: "java",
      files: {
        "opt/shop/shop-2.4.1.jar": whole,
        "opt/shop/shop.jar": link("shop-2.4.1.jar"),
        "opt/shop/start.sh": script('#!/bin/sh\ncd "$(dirname "$0")"\nexec java $JAVA_OPTS -jar shop.jar "$@"\n'),
      },
      Cmd: ["/opt/shop/start.sh"],
      Env: { JAVA_OPTS: "-Xmx128m -Dspring.profiles.active=prod" },
      ...serving,
    },
  }),
];
