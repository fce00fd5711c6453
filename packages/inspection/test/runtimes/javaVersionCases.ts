import { deflateRawSync } from "node:zlib";

import { file, type Entry } from "../../testing/testImage";
import { text, type Dies, type Lives } from "./runtimeCase";

/** The beginning of a class, compiled for a Java. */
function classFile(java: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(0xcafebabe);
  bytes.writeUInt16BE(java + 44, 6);
  return bytes;
}

/** A part of an archive as build tools write it; the JDK's own leaves lengths out of the header. */
function part(path: string, content: Buffer, { isStored = false, hasLength = true } = {}): Buffer {
  const header = Buffer.alloc(30);
  const bytes = isStored ? content : deflateRawSync(content);
  header.write("PK\x03\x04", "latin1");
  if (!hasLength) header.writeUInt16LE(8, 6);
  header.writeUInt16LE(isStored ? 0 : 8, 8);
  if (hasLength) header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(path.length, 26);
  return Buffer.concat([header, Buffer.from(path), bytes, hasLength ? Buffer.alloc(0) : Buffer.from("PK\x07\x08 ".padEnd(16))]);
}

const end = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)]);
const manifest = (lines: string, options?: Parameters<typeof part>[2]) => part("META-INF/MANIFEST.MF", Buffer.from(lines), options);
const archive = (parts: Buffer[]): Entry => file("app/app.jar", Buffer.concat([...parts, end]), 0o644);
const jarOf = (java: number, options?: Parameters<typeof part>[2]) =>
  archive([manifest("Main-Class: com.acme.Main\n"), part("com/acme/Main.class", classFile(java), options)]);
const spring = (launcher: number, own: number, loader = "org.springframework.boot.loader.launch.JarLauncher"): Entry =>
  archive([
    // Lines are no longer than 72 characters.
    manifest(`Manifest-Version: 1.0\r\nMain-Class: ${loader}\r\nStart-Class: com.acme.\r\n Application\r\n`),
    part(`${loader.replaceAll(".", "/")}.class`, classFile(launcher)),
    part("BOOT-INF/lib/other.jar", jarOf(8).content as Buffer, { isStored: true }),
    part("padding", Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * index) % 251)), { isStored: true }),
    part("BOOT-INF/classes/com/acme/Application.class", classFile(own)),
  ]);
/** Where Debian's Java 17 and Temurin's say what they are. */
const release = (version = "17.0.9") => text("usr/lib/jvm/java-17-openjdk-amd64/release", `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
const run = ["java", "-jar", "app.jar"];

/** Seen with Java 17: UnsupportedClassVersionError. */
export const javaVersionDies: Dies[] = [
  ["java: an archive for a newer Java", "FL2145", [release(), jarOf(21)], run],
  ["java: an archive for a newer Java, not packed", "FL2145", [release(), jarOf(21, { isStored: true })], run],
  [
    "java: an archive of the JDK's own, for a newer Java",
    "FL2145",
    [
      release(),
      archive([
        part("META-INF/", Buffer.alloc(0), { hasLength: false }),
        manifest("Main-Class: com.acme.Main\r\n", { hasLength: false }),
        part("com/acme/Main.class", classFile(25), { hasLength: false }),
      ]),
    ],
    ["java", "-Xmx1g", ...run.slice(1)],
  ],
  ["java: Spring Boot 3 on Java 8", "FL2145", [release("1.8.0_392"), spring(17, 17)], run],
  ["java: an application of Spring Boot's for a newer Java", "FL2145", [release(), spring(17, 21)], run],
  [
    "java: a class for a newer Java",
    "FL2145",
    [release(), file("app/classes/com/acme/Main.class", classFile(21), 0o644)],
    ["java", "-cp", "/app/resources:/app/classes:/app/libs/*", "com.acme.Main"],
  ],
];

/** Java 17 has them no more. */
const ofOlder = "-XX:+UseConcMarkSweepGC";

export const javaOptionDies: Dies[] = [
  ["java: an option of an older Java", "FL2145", [release(), jarOf(17)], ["java", ofOlder, "-jar", "app.jar"]],
  [
    "java: an option of an older Java, in a variable",
    "FL2145",
    [release(), jarOf(17)],
    run,
    { environment: ["JAVA_TOOL_OPTIONS=-Xmx64m -XX:MaxPermSize=256m"] },
  ],
  [
    "java: a property of an older Java",
    "FL2145",
    [release(), jarOf(17)],
    ["java", "-Djava.ext.dirs=/x", "-cp", "app.jar", "com.acme.Main"],
  ],
];

export const javaOptionLives: Lives[] = [
  [
    "java: an option of an older Java, which is passed over",
    [release(), jarOf(17)],
    ["java", ofOlder, "-XX:+IgnoreUnrecognizedVMOptions", "-jar", "app.jar"],
  ],
  [
    "java: an option of an older Java, passed over by a variable",
    [release(), jarOf(17)],
    ["java", ofOlder, "-jar", "app.jar"],
    { environment: ["JDK_JAVA_OPTIONS=-XX:+IgnoreUnrecognizedVMOptions"] },
  ],
  ["java: an option of this Java", [release("1.8.0_392"), jarOf(8)], ["java", ofOlder, "-jar", "app.jar"], { unrun: true }],
  [
    "java: options that Java only warns of",
    [release(), jarOf(17)],
    ["java", "-XX:+PrintGCDetails", "-Xloggc:/tmp/gc.log", "-XX:+UseContainerSupport", "-jar", "app.jar"],
  ],
  ["java: an argument of the program's", [release(), jarOf(17)], [...run, ofOlder]],
  [
    "java: OpenJ9, which passes over options",
    [text("usr/lib/jvm/java-17-openjdk-amd64/release", 'JAVA_VERSION="17.0.9"\nJVM_VARIANT="Openj9"\n'), jarOf(17)],
    ["java", ofOlder, "-jar", "app.jar"],
    { unrun: true },
  ],
];

export const javaVersionLives: Lives[] = [
  ["java: an archive for this Java", [release(), jarOf(17)], run],
  ["java: an archive for an older Java", [release(), jarOf(8)], run],
  ["java: an application of Spring Boot's for this Java", [release(), spring(17, 17)], run],
  ["java: a launcher that starts no class of its manifest's", [release(), spring(17, 21, "com.acme.Launcher")], run],
  ["java: a Java that says nothing of its version", [jarOf(21)], run],
  ["java: an archive for a newer Java that is only on the class path", [release(), jarOf(21)], ["java", "-cp", "app.jar", "other.Main"]],
  [
    "java: a class for a newer Java, of two",
    [release(), archive([manifest("Main-Class: a.B\n"), part("a/B.class", classFile(8)), part("a/B.class", classFile(21))])],
    run,
    { unrun: true },
  ],
  [
    "java: parts for newer Javas",
    [
      release(),
      archive([manifest("Main-Class: a.B\n"), part("META-INF/versions/21/a/B.class", classFile(21)), part("a/B.class", classFile(8))]),
    ],
    run,
  ],
  ["java: a class for this Java", [release(), file("app/com/acme/Main.class", classFile(17), 0o644)], ["java", "com.acme.Main"]],
];
