import type { DataNeed } from "../write/imported";
import type { DataImage } from "./images/known";
import type { ServiceTranslation } from "./serviceTranslation";

/** A file of SQL that fills a new database. */
export interface InitScript {
  /** Its name where it was mounted, by which the order goes. */
  name: string;
  text: string;
}

/** A service that is data here. */
export interface DataService {
  translation: ServiceTranslation;
  /** Its name in stacks/data.ts. */
  name: string;
  image: DataImage;
  need: DataNeed;
  /** Its major version, of PostgreSQL. */
  version: number;
  /** SQL that it began with. */
  scripts: InitScript[];
  /** What the image was told of its login and database, as it is written and filled in. */
  login: { user: string[]; password: string[]; database: string[] };
}
