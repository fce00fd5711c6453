/**
 * Packages that catch the error of their own native part, say more of it, and fail: what their text does can't be followed. By module, the extension
 * module that it can't be imported without, under its names in older versions as well. Each was imported with the wheels of another system.
 */
export const requiredExtensions: ReadonlyMap<string, readonly string[]> = new Map([
  ["numpy", ["numpy._core._multiarray_umath", "numpy.core._multiarray_umath"]],
  ["pandas", ["numpy._core._multiarray_umath", "numpy.core._multiarray_umath"]],
  ["pydantic", ["pydantic_core._pydantic_core"]],
  ["fastapi", ["pydantic_core._pydantic_core"]],
  ["lxml.etree", ["lxml.etree"]],
  ["cryptography.fernet", ["cryptography.hazmat.bindings._rust"]],
  ["PIL.Image", ["PIL._imaging"]],
  ["uvloop", ["uvloop.loop"]],
  ["asyncpg", ["asyncpg.protocol.protocol"]],
  ["psutil", ["psutil._psutil_linux"]],
  ["grpc", ["grpc._cython.cygrpc"]],
]);
