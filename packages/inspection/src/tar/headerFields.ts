/** A text that ends with its field, or with a zero byte. */
export function text(bytes: Buffer, offset: number, length: number): string {
  const end = bytes.indexOf(0, offset);
  return bytes.toString("utf8", offset, end < 0 || end > offset + length ? offset + length : end);
}

/** A number of a header: octal digits, or big-endian bytes behind a first bit that is set. Undefined for what is neither. */
export function octalOrBinary(bytes: Buffer, offset: number, length: number): number | undefined {
  return bytes[offset]! & 0x80 ? binary(bytes, offset, length) : octal(bytes, offset, length);
}

const [space, zero, seven] = [0x20, 0x30, 0x37];

function octal(bytes: Buffer, from: number, length: number): number | undefined {
  const isBlank = (position: number) => bytes[position] === space || bytes[position] === 0;
  let end = from + length;
  let position = from;
  while (position < end && isBlank(position)) position++;
  while (end > position && isBlank(end - 1)) end--;
  let number = 0;
  for (; position < end && bytes[position] !== 0; position++) {
    const digit = bytes[position]!;
    if (digit < zero || digit > seven) return undefined;
    number = number * 8 + digit - zero;
  }
  return number;
}

function binary(bytes: Buffer, offset: number, length: number): number | undefined {
  const negative = (bytes[offset]! & 0x40) !== 0;
  let number = 0n;
  for (let position = 0; position < length; position++) {
    const byte = bytes[offset + position]! ^ (negative ? 0xff : 0);
    number = (number << 8n) | BigInt(position === 0 ? byte & 0x7f : byte);
  }
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return negative ? -Number(number) - 1 : Number(number);
}
