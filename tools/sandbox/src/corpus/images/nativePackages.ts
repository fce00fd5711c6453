import { imagesOf, type Recipe } from "../corpusImage";
import { program, tree, type Layer } from "../layer";
import { npm, pypi } from "../parts";

/** Packages of npm's in /app/node_modules, as `name@version`, and what is done with them. */
const node = (packages: string[], text: string, more: Recipe = {}): Recipe => ({
  base: "node",
  files: {
    "app/main.js": `${text}\n`,
    ...Object.fromEntries(packages.map((name) => [`app/node_modules/${name.slice(0, name.lastIndexOf("@"))}`, tree(npm(name))])),
  },
  WorkingDir: "/app",
  Cmd: ["node", "main.js"],
  ...more,
});

const bcrypt = (...platforms: string[]) => ["@node-rs/bcrypt@1.10.7", ...platforms.map((platform) => `@node-rs/bcrypt-${platform}@1.10.7`)];
const hash = "require('@node-rs/bcrypt').hashSync('x', 4); console.log('hashed')";
const esbuild = (...platforms: string[]) => ["esbuild@0.28.2", ...platforms.map((platform) => `@esbuild/${platform}@0.28.2`)];
const transform = "console.log(require('esbuild').transformSync('let a: number = 1', { loader: 'ts' }).code)";
const sharpPackages = ["sharp@0.34.4", "@img/colour@1.0.0", "detect-libc@2.1.2", "semver@7.7.3"];
const sharp = (...platforms: string[]) => [
  ...sharpPackages,
  ...platforms.flatMap((platform) => [`@img/sharp-${platform}@0.34.4`, `@img/sharp-libvips-${platform}@1.2.3`]),
];
const versions = "console.log(require('sharp').versions.vips)";
/** A Mac's build of an addon where node-gyp puts it. */
const addon = (platform: string): Layer => ({
  "app/node_modules/addon/package.json": '{ "name": "addon", "version": "1.0.0", "main": "index.js" }\n',
  "app/node_modules/addon/index.js": "module.exports = require('./build/Release/addon.node');\n",
  "app/node_modules/addon/build/Release/addon.node": program(npm(`@node-rs/bcrypt-${platform}@1.10.7`), `bcrypt.${platform}.node`, 0o644),
  "app/main.js": "require('addon'); console.log('loaded');\n",
});
const withAddon = (platform: string): Recipe => ({ base: "node", files: addon(platform), WorkingDir: "/app", Cmd: ["node", "main.js"] });

const python = (part: ReturnType<typeof pypi>, text: string, more: Recipe = {}): Recipe => ({
  base: "python",
  files: { "app/main.py": `${text}\n`, "usr/local/lib/python3.11/site-packages": tree(part) },
  WorkingDir: "/app",
  Cmd: ["python", "main.py"],
  ...more,
});
const orjson = (platform: string, version = "3.11") => pypi("orjson==3.11.3", platform, version);
const importIt = "import orjson; print(orjson.dumps([1]))";

export const nativePackages = imagesOf("native package", {
  "bcrypt-of-a-mac": node(bcrypt("darwin-arm64"), hash),
  "bcrypt-of-windows": node(bcrypt("win32-x64-msvc"), hash),
  "bcrypt-of-arm64": node(bcrypt("linux-arm64-gnu"), hash),
  "bcrypt-for-musl-on-debian": node(bcrypt("linux-x64-musl"), hash),
  "bcrypt-without-optional-packages": node(bcrypt(), hash),
  "esbuild-of-a-mac": node(esbuild("darwin-arm64"), transform),
  "esbuild-of-arm64": node(esbuild("linux-arm64"), transform),
  "sharp-of-a-mac": node(sharp("darwin-arm64"), versions),
  "sharp-without-libvips": node([...sharpPackages, "@img/sharp-linux-x64@0.34.4"], versions),
  "addon-of-a-mac": withAddon("darwin-arm64"),
  "addon-of-arm64": withAddon("linux-arm64-gnu"),
  "addon-for-musl-on-debian": withAddon("linux-x64-musl"),
  "wheel-of-a-mac": python(orjson("macosx_11_0_arm64"), importIt),
  "wheel-of-arm64": python(orjson("manylinux2014_aarch64"), importIt),
  "wheel-for-musl-on-debian": python(orjson("musllinux_1_2_x86_64"), importIt),
  "wheel-of-another-python": python(orjson("manylinux2014_x86_64", "3.12"), importIt),

  "bcrypt-for-glibc": node(bcrypt("linux-x64-gnu"), hash),
  "bcrypt-for-every-platform": node(bcrypt("darwin-arm64", "linux-arm64-gnu", "linux-x64-gnu", "linux-x64-musl"), hash),
  "bcrypt-of-a-mac-that-nobody-loads": node(bcrypt("darwin-arm64"), "console.log('hello')"),
  "esbuild-for-linux": node(esbuild("linux-x64"), transform),
  "esbuild-of-a-mac-for-the-build-alone": node(esbuild("darwin-arm64"), "console.log('built before')"),
  "sharp-for-linux": node(sharp("linux-x64"), versions),
  "sharp-for-two-platforms": node(sharp("darwin-arm64", "linux-x64"), versions),
  "addon-for-glibc": withAddon("linux-x64-gnu"),
  "addon-with-prebuilds": node(["bufferutil@4.0.9", "node-gyp-build@4.8.4"], "require('bufferutil'); console.log('loaded')"),
  "optional-addon-missing": node(["ws@8.18.3"], "require('ws'); console.log('loaded')"),
  "pure-javascript-in-place-of-an-addon": node(["bcryptjs@3.0.3"], "require('bcryptjs').hashSync('x', 4)"),
  "wheel-for-glibc": python(orjson("manylinux2014_x86_64"), importIt),
  "wheel-of-a-mac-that-nobody-imports": python(orjson("macosx_11_0_arm64"), "print('hello')"),
  "wheel-of-pure-python": python(pypi("click==8.3.0"), "import click; print('hello')"),
  "wheel-with-a-fallback-in-python": python(
    pypi("markupsafe==3.0.3", "macosx_11_0_arm64"),
    "import markupsafe; print(markupsafe.escape('<'))",
  ),
});
