import { boundedLog, labelOf } from "../compose/upkeep";
import { databaseRoles, ownerOfFiles } from "./databaseRoles";
import type { Database, DatabaseLogin } from "./databases";
import type { DataContext, LocalData } from "./model";
import { reachedBy, throwAwayPassword } from "./planResources";
import {
  authorityMount,
  authorityPath,
  authorityVariable,
  certificateMount,
  installCertificate,
  serverCertificate,
  type ServerCertificate,
} from "./tls";

/** Of a parameter group, but made for the machine that the instance has, or for libraries that AWS adds. */
const notHere = new Set(["shared_buffers", "huge_pages", "shared_preload_libraries", "max_worker_processes"]);
const accessFile = "/etc/fairlead/pg_hba.conf";
const rolesFile = "/etc/fairlead/roles.sql";

/** The name of the server's container, and the beginning of what else is its own. */
const serverOf = ({ label }: Database) => `${label}.postgres`;

/** What {@link postgres} needs: its own names, and `localhost` for who is in its container's network. */
export const postgresCertificate = (database: Database): ServerCertificate => ({
  name: serverOf(database),
  hosts: [...database.hosts, "localhost"],
});

/** PostgreSQL's own image for a database of RDS or Aurora. */
export function postgres(database: Database, { settings, networksFor }: DataContext): LocalData {
  const { urn, label, majorVersion, port, hosts, securityGroups } = database;
  const server = serverOf(database);
  const [roles, volume] = [`${server}.roles`, `${server}.${majorVersion}`];
  const image = settings.images.data("postgres", majorVersion);
  const password = throwAwayPassword(`${urn} ${ownerOfFiles}`);
  return {
    resources: [urn, ...database.members, ...database.logins.flatMap(({ urn, secret }) => [urn, ...(secret ? [secret] : [])])],
    outputs: {
      ...database.outputs,
      ...Object.fromEntries(database.logins.map((login) => [`${login.urn}#versionId`, `local-${login.roleName}`])),
    },
    secrets: secretsOf(database),
    part: {
      services: {
        [server]: {
          image,
          entrypoint: ["/bin/sh", "-c", startScript, "postgres"],
          command: parametersOf(database),
          environment: { POSTGRES_USER: ownerOfFiles, POSTGRES_PASSWORD: password, POSTGRES_DB: "postgres", PGPORT: String(port) },
          ...reachedBy(networksFor(securityGroups, hosts)),
          volumes: [
            { type: "volume", source: volume, target: dataFolder(majorVersion) },
            certificateMount(settings, postgresCertificate(database)),
          ],
          configs: [{ source: `${server}.access`, target: accessFile }],
          labels: labelOf(accessRules(database)),
          // Docker gives 64 MiB, with which a parallel query ends in "could not resize shared memory segment".
          shm_size: "256m",
          healthcheck: {
            // By TCP: the server that the image starts to make its files listens on no port.
            test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-p", String(port), "-U", ownerOfFiles, "-d", "postgres"],
            interval: "2s",
            timeout: "5s",
            retries: 5,
            start_period: "60s",
          },
          stop_grace_period: "60s",
          restart: "unless-stopped",
          ...boundedLog,
        },
        [roles]: {
          image,
          entrypoint: ["psql"],
          command: ["-X", "-v", "ON_ERROR_STOP=1", "-f", rolesFile],
          environment: {
            PGHOST: "localhost",
            PGPORT: String(port),
            PGUSER: ownerOfFiles,
            PGPASSWORD: password,
            PGDATABASE: "postgres",
            PGSSLMODE: "verify-full",
            PGSSLROOTCERT: authorityPath,
          },
          network_mode: `service:${server}`,
          volumes: [authorityMount(settings)],
          // The image's VOLUME: Docker would make one without a name each time, which nothing takes away.
          tmpfs: [dataFolder(majorVersion)],
          configs: [{ source: roles, target: rolesFile }],
          labels: labelOf(databaseRoles(database)),
          depends_on: { [server]: { condition: "service_healthy", restart: true } },
          restart: "no",
        },
      },
      volumes: { [volume]: { labels: { "fairlead.data": label } } },
      configs: { [`${server}.access`]: { content: accessRules(database) }, [roles]: { content: databaseRoles(database) } },
    },
    dependsOn: { [server]: { condition: "service_healthy" }, [roles]: { condition: "service_completed_successfully" } },
    environment: authorityVariable(database.name),
    mounts: [],
  };
}

/** Of the image, which keeps a folder for each major version in it since 18. */
const dataFolder = (majorVersion: string) => (Number(majorVersion) < 18 ? "/var/lib/postgresql/data" : "/var/lib/postgresql");

/** Logins of services, and the master user's where RDS keeps it in a secret. */
function secretsOf(database: Database): Record<string, string> {
  const { urn, masterUsername, logins } = database;
  const master = ["secretArn[0]", "masterUserSecrets[0].secretArn", "masterUserSecrets.0.secretArn", "masterUserSecret.secretArn"];
  const all = [
    ...logins.flatMap((login) =>
      login.secret
        ? [[`${login.secret}#arn`, login.roleName, throwAwayPassword(login.urn), urlOf(database, login), placeOf(database, login)] as const]
        : [],
    ),
    ...master.map((attribute) => [`${urn}#${attribute}`, masterUsername, throwAwayPassword(urn), undefined, {}] as const),
  ];
  return Object.fromEntries(
    all.flatMap(([key, username, password, url, place]) => [
      [key, JSON.stringify({ username, password, url, ...place })],
      [`${key}:username`, username],
      [`${key}:password`, password],
      ...(url === undefined ? [] : [[`${key}:url`, url]]),
    ]),
  );
}

/** As the secret has it on AWS. With `read` the host is the reader's. */
function urlOf({ hosts: [writer, reader = writer], port }: Database, login: DatabaseLogin): string | undefined {
  const { urn, roleName, databaseName, access, hasUrl } = login;
  if (!hasUrl) return undefined;
  const host = access === "read" ? reader : writer;
  return `postgresql://${roleName}:${throwAwayPassword(urn)}@${host}:${port}/${databaseName}?sslmode=require`;
}

/** What the secret says of the place beside its URL, where it does as RDS does. */
function placeOf({ hosts: [writer, reader = writer], port }: Database, { databaseName, access, asRdsDoes }: DatabaseLogin): object {
  return asRdsDoes ? { engine: "postgres", host: access === "read" ? reader : writer, port, dbname: databaseName } : {};
}

/** A formula of RDS's, such as `{DBInstanceClassMemory/32768}`, is no value. */
const parametersOf = ({ parameters }: Database) =>
  Object.entries(parameters)
    .filter(([name, value]) => !notHere.has(name) && !value.includes("{"))
    .map(([name, value]) => `${name}=${value}`);

/** @see https://www.postgresql.org/docs/current/auth-pg-hba-conf.html */
const accessRules = ({ forcesTls }: Database) =>
  ["local all all trust", `${forcesTls ? "hostssl" : "host"} all all all scram-sha-256`, ""].join("\n");

/** Parameters that Aurora has added would stop a plain server: it is asked which it knows. */
const startScript = `${installCertificate("postgres")}
known=" $(postgres --describe-config | cut -f1 | tr '\\n' ' ')"
given=$#
for parameter do
  case "$known" in
    *" \${parameter%%=*} "*) set -- "$@" -c "$parameter" ;;
    *) echo "PostgreSQL doesn't know the parameter \${parameter%%=*}: left out" >&2 ;;
  esac
done
shift "$given"
exec docker-entrypoint.sh postgres "$@" -c hba_file=${accessFile} \\
  -c ssl=on -c ssl_cert_file=${serverCertificate} -c ssl_key_file=${serverCertificate}
`;
