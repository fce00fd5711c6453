import { parseReference } from "@fairlead/model";

/** An image that is data here. */
export interface DataImage {
  kind: "postgres" | "cache";
  port: number;
  /** What of it isn't the same here. */
  note?: string;
}

const postgresExtension = "the extension is one of Aurora's: CREATE EXTENSION in a migration brings it.";
const dataImages: readonly [name: RegExp, image: DataImage][] = [
  [/^(?:library|bitnami|bitnamilegacy|cimg)\/(?:postgres|postgresql)$/, { kind: "postgres", port: 5432 }],
  [
    /^(?:pgvector|ankane)\/pgvector$|^(?:imresamu\/)?postgis\/postgis$|^(?:kartoza|mdillon)\/postgis$/,
    { kind: "postgres", port: 5432, note: postgresExtension },
  ],
  [/^(?:library|bitnami|bitnamilegacy|valkey|cimg)\/(?:redis|valkey)$/, { kind: "cache", port: 6379 }],
  [
    /^redis\/redis-stack(?:-server)?$/,
    {
      kind: "cache",
      port: 6379,
      note: "Of Redis Stack's modules ElastiCache's nodes have JSON, and with a later Valkey (cache({ engineVersion })) Bloom filters (8.1), vector search (8.2) and full-text search (9.0), whose commands are Valkey's and not all of RediSearch's; time series and other modules it has not.",
    },
  ],
  [/^eqalpha\/keydb$|^docker\.dragonflydb\.io\/dragonflydb\/dragonfly$|^dragonflydb\/dragonfly$/, { kind: "cache", port: 6379 }],
];

/** A server that has no kind of data here: it can run as a container, which its owner has to look after. */
export interface ServerImage {
  what: string;
  port: number;
  /** What AWS has for it. */
  instead: string;
  /** Where it has its files, if these can lie on a network's file system: its image declares the folder as a volume. */
  folder?: string;
  /** It keeps nothing. */
  isStateless?: boolean;
}

const serverImages: readonly [name: RegExp, image: ServerImage][] = [
  [
    /\/(?:mysql|mysql-server|percona|percona-server)$/,
    { what: "MySQL", port: 3306, instead: "RDS or Aurora for MySQL", folder: "/var/lib/mysql" },
  ],
  [/\/mariadb$/, { what: "MariaDB", port: 3306, instead: "RDS for MariaDB", folder: "/var/lib/mysql" }],
  [/\/(?:mongo|mongodb|mongodb-community-server)$/, { what: "MongoDB", port: 27017, instead: "DocumentDB, or Atlas", folder: "/data/db" }],
  [/\/rabbitmq$/, { what: "RabbitMQ", port: 5672, instead: "Amazon MQ, or a queue of SQS in stacks/data.ts", folder: "/var/lib/rabbitmq" }],
  [/\/(?:kafka|cp-kafka|cp-server|redpanda|kafka-native)$/, { what: "Kafka", port: 9092, instead: "MSK" }],
  [/\/(?:zookeeper|cp-zookeeper)$/, { what: "ZooKeeper", port: 2181, instead: "MSK, which brings its own" }],
  [/\/(?:nats|nats-streaming)$/, { what: "NATS", port: 4222, instead: "a queue or a topic in stacks/data.ts" }],
  [/\/(?:elasticsearch|opensearch)$/, { what: "Elasticsearch", port: 9200, instead: "OpenSearch Service" }],
  [/\/memcached$/, { what: "Memcached", port: 11211, instead: "ElastiCache for Memcached, declared in the stack", isStateless: true }],
  [/\/(?:cassandra|scylla)$/, { what: "Cassandra", port: 9042, instead: "Keyspaces" }],
  [
    /\/minio$/,
    { what: "MinIO", port: 9000, instead: "S3: bucket() in stacks/data.ts, with AWS's own SDK and no endpoint", folder: "/data" },
  ],
  [/\/(?:mssql\/server|azure-sql-edge)$/, { what: "SQL Server", port: 1433, instead: "RDS for SQL Server" }],
  [/\/timescaledb(?:-ha)?$/, { what: "TimescaleDB", port: 5432, instead: "Timescale's own service; Aurora has no such extension" }],
  [/\/(?:clickhouse|clickhouse-server)$/, { what: "ClickHouse", port: 8123, instead: "ClickHouse's own service" }],
  [/\/neo4j$/, { what: "Neo4j", port: 7687, instead: "Neptune, or Aura" }],
  [/\/influxdb$/, { what: "InfluxDB", port: 8086, instead: "Timestream for InfluxDB" }],
  [/\/qdrant$/, { what: "Qdrant", port: 6333, instead: "a postgres with pgvector, or Qdrant's own service" }],
  [
    /\/dynamodb-local$/,
    { what: "DynamoDB for a laptop", port: 8000, instead: "table() in stacks/data.ts, with AWS's own SDK and no endpoint" },
  ],
  [
    /\/elasticmq(?:-native)?$/,
    { what: "SQS for a laptop", port: 9324, instead: "queue() in stacks/data.ts, with AWS's own SDK and no endpoint" },
  ],
];

/** Images that serve whoever develops, by what does that for what is deployed. */
const developmentImages: readonly [name: RegExp, text: string][] = [
  [
    /\/(?:adminer|pgadmin4|pgadmin|phpmyadmin|pgweb|cloudbeaver|dbgate)$/,
    "a page to look into a database: npx fairlead tunnel opens a tunnel to it, for any client.",
  ],
  [
    /\/(?:redis-commander|redisinsight|mongo-express|kafka-ui|kafdrop|akhq)$/,
    "a page to look into data: npx fairlead tunnel opens a tunnel, for any client.",
  ],
  [
    /\/(?:mailhog|mailpit|maildev|mailcatcher|smtp4dev|greenmail)$/,
    "it catches mails on a laptop: send them by SES, with permissions for ses:SendEmail.",
  ],
  [/\/(?:localstack|localstack-pro|ministack|moto|motoserver)$/, "it stands for AWS on a laptop."],
  [
    /\/(?:portainer|portainer-ce|dozzle|watchtower|ctop|docker-socket-proxy|whoami-dev|autoheal)$/,
    "it looks after Docker on one machine; ECS does that here.",
  ],
  [
    /\/(?:standalone-chrome|standalone-firefox|playwright|selenium-hub|node-chrome|cypress-included|included)$/,
    "it is a browser for tests: run these where the workflows run.",
  ],
  [/\/(?:ngrok|stripe-cli|localtunnel)$/, "it leads the internet to a laptop."],
  [
    /\/(?:nginx-proxy|acme-companion|letsencrypt-nginx-proxy-companion|certbot|nginx-proxy-manager|swag)$/,
    "the load balancer leads requests to services, and its certificate renews itself.",
  ],
  [/\/traefik$/, "the load balancer leads requests to services, by their routes, and its certificate renews itself."],
];

/** The repository of an image, such as `library/postgres`; undefined for what names none. */
export function repositoryOf(image: string): string | undefined {
  const reference = parseReference(image);
  if (!reference) return undefined;
  return reference.registry === "public.ecr.aws" ? reference.repository.replace(/^docker\//, "") : reference.repository;
}

export function dataImage(image: string): DataImage | undefined {
  return find(dataImages, image);
}

export function serverImage(image: string): ServerImage | undefined {
  return find(serverImages, image);
}

/** Why an image has no place in what is deployed. */
export function developmentImage(image: string): string | undefined {
  return find(developmentImages, image);
}

const ports: readonly [name: RegExp, port: number][] = [
  [/\/(?:nginx|httpd|caddy|php|wordpress|nextcloud|ghost-nginx)$/, 80],
  [/\/nginx-unprivileged$/, 8080],
  [/\/(?:tomcat|keycloak)$/, 8080],
  [/\/(?:grafana|grafana-oss)$/, 3000],
  [/\/prometheus$/, 9090],
];

/** The port that an image is known to listen on. */
export function knownPort(image: string): number | undefined {
  return serverImage(image)?.port ?? dataImage(image)?.port ?? find(ports, image);
}

function find<T>(table: readonly [RegExp, T][], image: string): T | undefined {
  const repository = repositoryOf(image);
  const name = repository?.includes("/") ? repository : `/${repository}`;
  return repository === undefined ? undefined : table.find(([pattern]) => pattern.test(name))?.[1];
}
