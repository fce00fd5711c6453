import type { Access } from "@fairlead/model";

/** One statement of SQL, with values for its `:names`. */
export interface SqlStatement {
  sql: string;
  values?: Record<string, string>;
}

/** Role that owns what services make, and so lets each of them work with what another has made. */
export const ownerRole = "fairlead_owner";
/** Role that may read all of it. */
export const readerRole = "fairlead_reader";

/** A role as it is to be. */
export interface RoleArgs {
  roleName: string;
  access: Access;
  /** Verifier of a new password; without one the role keeps the one that it has. */
  verifier?: string;
  /** What its comment says, by which a role is told from a later one of its name. */
  mark: string;
}

/**
 * Hands values over to the blocks below, which read them as settings of the transaction: their texts are constants, and it is PostgreSQL that
 * quotes names and literals. A block finds no function or operator that somebody put into `public`: the administrator runs it.
 */
function settings(values: Record<string, string>): SqlStatement {
  const calls = Object.keys(values).map((name) => `pg_catalog.set_config('fairlead.${name}', :${name}, true)`);
  return { sql: `SELECT pg_catalog.set_config('search_path', 'pg_catalog', true), ${calls.join(", ")}`, values };
}

/** Two services may be deployed at the same time, and one of them makes the roles that both are to have. */
const block = (body: string): SqlStatement => ({
  sql: `DO $block$
DECLARE
  service CONSTANT name DEFAULT current_setting('fairlead.role');
  item record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('fairlead roles'));
${body}
END
$block$`,
});

/** The two roles that services are members of, and the administrator too, who could not give anything to them otherwise. */
const groups = block(`
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ownerRole}') THEN
    CREATE ROLE ${ownerRole} NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${readerRole}') THEN
    CREATE ROLE ${readerRole} NOLOGIN;
  END IF;
  GRANT ${ownerRole} TO CURRENT_USER;`);

/**
 * What the administrator made, as every service did before each had a role of its own, belongs to all that may write. Databases stay the
 * administrator's: their owner could drop them.
 */
const ownership = block(`
  REASSIGN OWNED BY CURRENT_USER TO ${ownerRole};
  FOR item IN SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = '${ownerRole}' LOOP
    EXECUTE format('ALTER DATABASE %I OWNER TO CURRENT_USER', item.datname);
  END LOOP;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ${ownerRole}', current_database());
  FOR item IN SELECT nspname FROM pg_namespace WHERE nspname = 'public' AND pg_get_userbyid(nspowner) = 'pg_database_owner' LOOP
    ALTER SCHEMA public OWNER TO ${ownerRole};
  END LOOP;`);

/** What is made from now on: by services, which make it as the owner, and by the administrator. */
const futureRights = block(`
  ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} GRANT USAGE ON SCHEMAS TO ${readerRole};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} GRANT SELECT ON TABLES TO ${readerRole};
  ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} GRANT SELECT ON SEQUENCES TO ${readerRole};
  ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO ${ownerRole};
  ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO ${ownerRole};
  ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO ${ownerRole};
  ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${readerRole};
  ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${readerRole};
  ALTER DEFAULT PRIVILEGES GRANT SELECT ON SEQUENCES TO ${readerRole};`);

/** What is there already. Not what belongs to others, such as an extension's tables: giving rights to that would be refused. */
const presentRights = block(`
  FOR item IN
    SELECT nspname FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND pg_has_role(nspowner, 'USAGE')
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${readerRole}', item.nspname);
  END LOOP;
  FOR item IN
    SELECT nspname, relname, relkind FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND nspname !~ '^pg_' AND nspname <> 'information_schema' AND pg_has_role(relowner, 'USAGE')
  LOOP
    EXECUTE format(
      'GRANT SELECT ON %s %I.%I TO ${readerRole}',
      CASE item.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, item.nspname, item.relname
    );
  END LOOP;`);

/** The role itself. Logged in with the right to write, it acts as the owner from its first statement on. */
const login = block(`
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', service);
  END IF;
  IF current_setting('fairlead.verifier') <> '' THEN
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', service, current_setting('fairlead.verifier'));
  END IF;
  EXECUTE format('COMMENT ON ROLE %I IS %L', service, current_setting('fairlead.mark'));
  EXECUTE format('REVOKE ${ownerRole}, ${readerRole} FROM %I', service);
  IF current_setting('fairlead.access') = 'read' THEN
    EXECUTE format('GRANT ${readerRole} TO %I', service);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET role', service, current_database());
  ELSE
    EXECUTE format('GRANT ${ownerRole} TO %I', service);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET role = ${ownerRole}', service, current_database());
  END IF;`);

/** What brings a role about, or makes it as it is to be. For one transaction of the administrator's. */
export function roleStatements({ roleName, access, verifier = "", mark }: RoleArgs): SqlStatement[] {
  return [settings({ role: roleName, access, verifier, mark }), groups, ownership, futureRights, presentRights, login];
}

/** What takes a role away, unless it is a later one of the same name. What it made belongs to the owner, and stays. */
export function dropStatements({ roleName, mark }: Pick<RoleArgs, "roleName" | "mark">): SqlStatement[] {
  const drop = block(`
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = service AND shobj_description(oid, 'pg_authid') = current_setting('fairlead.mark')) THEN
    EXECUTE format('GRANT %I TO CURRENT_USER', service);
    EXECUTE format('REASSIGN OWNED BY %I TO ${ownerRole}', service);
    EXECUTE format('DROP OWNED BY %I', service);
    EXECUTE format('DROP ROLE %I', service);
  END IF;`);
  return [settings({ role: roleName, mark }), drop];
}
