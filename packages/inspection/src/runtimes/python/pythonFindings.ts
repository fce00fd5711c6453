import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { elsewhere } from "./pythonElsewhere";
import { isSourceOfPython } from "./pythonStandardLibrary";

export function relativeFinding(module: string, from: string): Finding {
  return finding(
    "FL2143",
    `${from} imports ${module} as it starts, which is relative to a package, and it is loaded as a part of none that is so deep`,
    "Run it as a module from the folder above its package (python -m app.main, uvicorn app.main:app), or import it without the dot.",
    from,
  );
}

export function missing(module: string, from: string, folders: readonly string[], container: Container): Finding {
  const listed = `${folders.slice(0, 4).join(", ")}${folders.length > 4 ? ", …" : ""}`;
  const place = module.includes(".") ? undefined : elsewhere(module, folders, container);
  const fix = isSourceOfPython(module)
    ? "It is of Python's standard library. Install all of it (Debian: python3 in place of python3-minimal, python3-tk…), or take a version that has it: newer ones dropped distutils, imp, cgi, telnetlib and others."
    : "Is it among the requirements that are installed, for this Python, in the stage that runs? A module of your own: COPY it, and set WORKDIR or PYTHONPATH to where it is.";
  return finding(
    "FL2143",
    `${from} imports ${module} as it starts, and Python finds no ${module.split(".").at(-1)} in ${listed}${place ? `. It is in ${place}, where this Python doesn't look` : ""}`,
    fix,
    from,
  );
}

export function nativeFinding(module: string, problem: string, from: string): Finding {
  return finding(
    "FL2144",
    `${from} imports ${module} as it starts, which can't be loaded: ${problem}`,
    "Run `pip install` in the Dockerfile, with the Python, the machine and the C library of the last stage, and exclude virtual environments in .dockerignore.",
    from,
  );
}

export function partFinding(module: string, { problem }: { problem: string }, from: string): Finding {
  return finding(
    "FL2144",
    `${from} imports ${module} as it starts, which can't be loaded: ${problem}`,
    "Install the library that it needs in the last stage (Debian: libsqlite3-0, libssl3, libffi8, libbz2-1.0, liblzma5), or take Python's own image as the base.",
    from,
  );
}
