import type { CorpusImage } from "../corpusImage";
import { programs } from "./programs";
import { surroundings } from "./surroundings";
import { texts } from "./texts";

/** All images of the corpus, by the file that they are in; `truth/<file>.json` keeps what happened to them. */
export const corpus: Record<string, CorpusImage[]> = { programs, surroundings, texts };
