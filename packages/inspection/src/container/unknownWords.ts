/** Stands for words that are not known: none, one or more of them, whatever they are. No real word has a zero byte. */
export const unknownWords = "\0";
