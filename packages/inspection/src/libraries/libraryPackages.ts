import type { FileTree } from "../files/fileTree";
import type { LoaderKind } from "./libraries";

/** Packages by the libraries that programs need most often: of Debian 12 and Ubuntu, and of Alpine. */
const packages: Record<string, [debian: string, alpine: string]> = {
  "libssl.so.3": ["libssl3", "libssl3"],
  "libcrypto.so.3": ["libssl3", "libcrypto3"],
  "libssl.so.1.1": ["libssl1.1", "openssl1.1-compat"],
  "libcrypto.so.1.1": ["libssl1.1", "openssl1.1-compat"],
  "libstdc++.so.6": ["libstdc++6", "libstdc++"],
  "libgcc_s.so.1": ["libgcc-s1", "libgcc"],
  "libgomp.so.1": ["libgomp1", "libgomp"],
  "libatomic.so.1": ["libatomic1", "libatomic"],
  "libgfortran.so.5": ["libgfortran5", "libgfortran"],
  "libquadmath.so.0": ["libquadmath0", "libquadmath"],
  "libz.so.1": ["zlib1g", "zlib"],
  "libbz2.so.1.0": ["libbz2-1.0", "libbz2"],
  "libbz2.so.1": ["libbz2-1.0", "libbz2"],
  "liblzma.so.5": ["liblzma5", "xz-libs"],
  "libzstd.so.1": ["libzstd1", "zstd-libs"],
  "liblz4.so.1": ["liblz4-1", "lz4-libs"],
  "libpq.so.5": ["libpq5", "libpq"],
  "libmariadb.so.3": ["libmariadb3", "mariadb-connector-c"],
  "libsqlite3.so.0": ["libsqlite3-0", "sqlite-libs"],
  "libcurl.so.4": ["libcurl4", "libcurl"],
  "libxml2.so.2": ["libxml2", "libxml2"],
  "libxslt.so.1": ["libxslt1.1", "libxslt"],
  "libexpat.so.1": ["libexpat1", "libexpat"],
  "libffi.so.8": ["libffi8", "libffi"],
  "libreadline.so.8": ["libreadline8", "readline"],
  "libncursesw.so.6": ["libncursesw6", "libncursesw"],
  "libtinfo.so.6": ["libtinfo6", "ncurses-libs"],
  "libgmp.so.10": ["libgmp10", "gmp"],
  "libyaml-0.so.2": ["libyaml-0-2", "yaml"],
  "libpcre2-8.so.0": ["libpcre2-8-0", "pcre2"],
  "libpcre.so.3": ["libpcre3", "pcre"],
  "libgssapi_krb5.so.2": ["libgssapi-krb5-2", "krb5-libs"],
  "libkrb5.so.3": ["libkrb5-3", "krb5-libs"],
  "libsasl2.so.2": ["libsasl2-2", "libsasl"],
  "libldap-2.5.so.0": ["libldap-2.5-0", "libldap"],
  "libevent-2.1.so.7": ["libevent-2.1-7", "libevent"],
  "libuv.so.1": ["libuv1", "libuv"],
  "libsodium.so.23": ["libsodium23", "libsodium"],
  "libzmq.so.5": ["libzmq5", "libzmq"],
  "librdkafka.so.1": ["librdkafka1", "librdkafka"],
  "libjpeg.so.62": ["libjpeg62-turbo", "libjpeg-turbo"],
  "libpng16.so.16": ["libpng16-16", "libpng"],
  "libfreetype.so.6": ["libfreetype6", "freetype"],
  "libfontconfig.so.1": ["libfontconfig1", "fontconfig"],
  "libcairo.so.2": ["libcairo2", "cairo"],
  "libglib-2.0.so.0": ["libglib2.0-0", "glib"],
  "libgobject-2.0.so.0": ["libglib2.0-0", "glib"],
  "libgthread-2.0.so.0": ["libglib2.0-0", "glib"],
  "libGL.so.1": ["libgl1", "mesa-gl"],
  "libX11.so.6": ["libx11-6", "libx11"],
  "libXext.so.6": ["libxext6", "libxext"],
  "libSM.so.6": ["libsm6", "libsm"],
  "libnss3.so": ["libnss3", "nss"],
  "libasound.so.2": ["libasound2", "alsa-lib"],
  "libuuid.so.1": ["libuuid1", "libuuid"],
  "libmagic.so.1": ["libmagic1", "libmagic"],
  "libaio.so.1": ["libaio1", "libaio"],
  "libodbc.so.2": ["libodbc2", "unixodbc"],
  "libgdal.so.32": ["libgdal32", "gdal"],
  "libgeos_c.so.1": ["libgeos-c1v5", "geos"],
  "libjemalloc.so.2": ["libjemalloc2", "jemalloc"],
  "libtcmalloc.so.4": ["libgoogle-perftools4", "gperftools"],
  "libpython3.11.so.1.0": ["libpython3.11", "python3"],
};

/** How to install the library on the image's own distribution; undefined where no package is known. */
export function packageOf(name: string, kind: LoaderKind, tree: FileTree): string | undefined {
  const [debian, alpine] = packages[name] ?? [];
  if (!debian) return undefined;
  if (kind === "musl") return `apk add --no-cache ${alpine}`;
  return tree.resolve("/etc/debian_version").found || tree.resolve("/var/lib/dpkg").found
    ? `apt-get install --yes --no-install-recommends ${debian} (Debian 12's name of the package)`
    : `Install its package (Debian's is called ${debian})`;
}
