/** Bounds of an inspection: what goes beyond is no image that anybody runs, and must not cost us our memory or an afternoon. */
export const limits = {
  /**
   * Bytes of one platform's layers, unpacked. A Fargate task has at most 200 GiB of disk.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html
   */
  unpackedBytes: 200 * 1024 ** 3,
  /** Disk of a Fargate task that asks for no more. */
  taskDiskBytes: 20 * 1024 ** 3,
  /** What unpacks to more than this… */
  suspiciousBytes: 1024 ** 3,
  /** …and to so many times what is pulled, is told; beyond a task's usual disk it is refused. Real layers reach about 20. */
  compressionRatio: 200,
  /** Memory for what is kept of an image, of all its platforms together: names, programs, texts, what is needed to unpack. */
  memoryBytes: 160 * 1024 ** 2,
  /** Time of an inspection, without what the registry takes. */
  seconds: 60,
  /** Linux's NAME_MAX. */
  nameBytes: 255,
  /** Linux's PATH_MAX, without the zero byte that ends a path. */
  pathBytes: 4095,
  /** Bytes of the config. */
  configBytes: 4 * 1024 ** 2,
  /** Bytes of /etc/passwd and /etc/group. */
  accountsBytes: 1024 ** 2,
  /** Bytes of a script or source that is read as a text. */
  textBytes: 64 * 1024,
  /** Bytes of all such texts of one kind and one platform. */
  textsBytes: 8 * 1024 ** 2,
  /** Entries of one list of a config. */
  configEntries: 10_000,
  /** Indexes within indexes. */
  indexDepth: 4,
  /** Entries of all of them. */
  indexEntries: 1000,
  /** Indexes, and entries without a platform: each has to be read to know what it is. */
  indexReads: 100,
  /** Bytes of those, before the last one. */
  indexBytes: 4 * 1024 ** 2,
  /** Commands that are followed in one text, those in functions as often as they are called. */
  shellSteps: 5000,
  /** Characters of texts for shells, of all commands and scripts of a platform that are started. */
  shellTextsBytes: 256 * 1024,
  /** Commands that are followed in all of them. */
  shellStepsOfImage: 50_000,
  /** Functions that call functions, texts in texts. */
  shellDepth: 25,
  /** Characters that a shell's variables and words may grow to: beyond, they are not known. */
  shellValueBytes: 16 * 1024,
  /** Variables of a container that its shell is followed with. */
  shellVariables: 1000,
};
