import type { BaseName } from "./baseName";
import type { Layer } from "./layer";

/** What images of the corpus are built on: the stand-ins for the images that people name after FROM. */
export interface Base {
  /** A base below it. */
  on?: BaseName;
  /** Packages of Debian's that are in it whole. */
  packages?: string[];
  /** Whether /bin, /sbin, /lib and /lib64 are links into /usr, as in Debian since 12, Ubuntu and Fedora. */
  mergedUsr?: boolean;
  files?: Layer;
  /** Whether its layer is compressed, as registries have them. What many images are built on is not: it is read that often. */
  compressed?: true;
  config?: {
    Env?: Record<string, string>;
    Entrypoint?: string[];
    Cmd?: string[];
    User?: string;
    WorkingDir?: string;
    Volumes?: Record<string, object>;
    StopSignal?: string;
  };
}

export const usualPath = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };

const rootsPasswd = "root:x:0:0:root:/root:/bin/bash\n";
export const debianPasswd = `${rootsPasswd}daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n`;
export const debianGroup = "root:x:0:\ndaemon:x:1:\nbin:x:2:\ntty:x:5:\nstaff:x:50:\nwww-data:x:33:\nnogroup:x:65534:\n";
